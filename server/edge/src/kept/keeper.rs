//! What keeping answers needs of whoever knows what they are made of.

use std::time::Instant;

use axum::http::HeaderMap;
use futures::{FutureExt, future::BoxFuture};

/// Knows what answers are made of, and hears of it when that changes.
pub trait Keeper: Send + Sync + 'static {
    /// Whether it knows by now whatever has changed. What is kept is given only then.
    fn is_current(&self) -> bool;

    /// Begins to watch what an operation reads, once it knows whatever has changed. Gives nothing where it cannot know. What was
    /// changed until `seeing` is shown, though other answers may be late by a little.
    fn begin(&self, seeing: Option<Instant>) -> BoxFuture<'_, Option<Box<dyn Watch>>>;

    /// What a request's headers say of how it is answered, once it is decided: of a bounded number. Answers to the same
    /// request are kept apart by it.
    fn variant(&self, headers: &HeaderMap) -> String;

    /// For those who watch the machines.
    fn tell(&self, told: Told);
}

/// Watches while one answer or page is made.
pub trait Watch: Send + Sync {
    fn watch<'a>(&self, work: BoxFuture<'a, ()>) -> BoxFuture<'a, ()>;

    /// What the answer was made of. Nothing, where that is not everybody's, or has changed meanwhile.
    fn end(&self) -> Option<Box<dyn Basis>>;

    /// Whether nothing came of that because what was read was late.
    fn was_late(&self) -> bool;
}

/// What comes of `work`, which is watched.
pub(crate) async fn watched<T: Send>(watch: &dyn Watch, work: impl Future<Output = T> + Send) -> Option<T> {
    let mut outcome = None;
    let work = async { outcome = Some(work.await) };
    watch.watch(work.boxed()).await;
    outcome
}

/// What an answer was made of.
pub trait Basis: Send + Sync {
    /// Whether it is as it was. What has changed does not become right again.
    fn holds(&self) -> bool;

    /// Whether its time has come, whether anything has changed or not.
    fn is_over(&self) -> bool;

    /// The answer is given once more: to somebody, or to a page that is made of it.
    fn give(&self);

    /// About how much memory it takes.
    fn bytes(&self) -> usize;
}

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Of GraphQL.
    Answer,
    Page,
}

/// What became of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Hit(Sort),
    Miss(Sort),
    /// One was kept, and did not hold any more.
    Dropped(Sort),
    /// What is kept by now, of both sorts.
    Kept {
        answers: u64,
        bytes: u64,
    },
}
