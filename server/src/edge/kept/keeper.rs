//! What keeping answers needs of whoever knows what they are made of.

use async_graphql::Response;
use futures::future::BoxFuture;

/// Knows what answers are made of, and hears of it when that changes.
pub trait Keeper: Send + Sync + 'static {
    /// Whether it knows by now whatever has changed. What is kept is given only then.
    fn is_current(&self) -> bool;

    /// Begins to watch what an operation reads, once it knows whatever has changed. Gives nothing where it cannot know.
    fn begin(&self) -> BoxFuture<'_, Option<Box<dyn Watch>>>;

    /// For those who watch the machines.
    fn tell(&self, told: Told);
}

/// Watches one operation.
pub trait Watch: Send + Sync {
    fn watch<'a>(&self, work: BoxFuture<'a, Response>) -> BoxFuture<'a, Response>;

    /// What the answer was made of. Nothing, where that is not everybody's, or has changed meanwhile.
    fn end(&self) -> Option<Box<dyn Basis>>;
}

/// What an answer was made of.
pub trait Basis: Send + Sync {
    /// Whether it is as it was. What has changed does not become right again.
    fn holds(&self) -> bool;

    /// The answer is given once more.
    fn give(&self);

    /// About how much memory it takes.
    fn bytes(&self) -> usize;
}

/// What became of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Hit,
    Miss,
    /// One was kept, and did not hold any more.
    Dropped,
    /// What is kept by now.
    Kept {
        answers: u64,
        bytes: u64,
    },
}
