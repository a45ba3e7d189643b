//! Brings due jobs to workers. The outbox decides what must be done and when; a queue only
//! carries ids, may lose them, double them or reorder them, and is trusted with nothing.

use async_trait::async_trait;
use vitrine_entity::{ids::OutboxId, outbox::Queue};

/// Carries outbox ids to whichever worker is free.
#[async_trait]
pub trait JobQueue: Send + Sync {
    /// Hands `jobs` over, at most a few hundred at a time.
    ///
    /// # Errors
    /// When the transport is down or full. The caller logs it: the relay will hand the rows over again.
    async fn push(&self, queue: Queue, jobs: &[OutboxId]) -> Result<(), QueueError>;

    /// Whether there is anybody to take what is handed over. A queue within a process that has no worker is nobody's: what
    /// it took would wait until it is known to be lost, and so it stays for whoever works from the database.
    fn is_attended(&self) -> bool;

    /// Whether the transport answers.
    async fn ping(&self) -> Result<(), QueueError>;
}

/// Why a hand-over failed.
#[derive(Debug, thiserror::Error)]
#[error("the job queue is unavailable")]
pub struct QueueError(#[source] pub Box<dyn std::error::Error + Send + Sync>);
