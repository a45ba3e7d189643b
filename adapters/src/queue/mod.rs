//! Carries outbox ids to workers: within the process, or by apalis on Redis.

mod in_process;
mod redis;
mod wake;

use std::sync::Arc;

use vitrine_commerce::ports::{JobQueue, queue::QueueError};
use vitrine_entity::outbox::Queue;

pub use in_process::{InProcessBackend, InProcessQueue};
pub use redis::{RedisBackend, RedisQueue};

/// How many jobs may wait in a queue. More stay in the outbox: it costs nothing there, while
/// 12,000 of them wedged apalis on Redis for good (its scripts unpack them all at once).
pub const WAITING_MAX: usize = 1000;

/// The side of a queue that workers hold.
#[derive(Clone)]
pub enum Consumer {
    InProcess(Arc<InProcessQueue>),
    Redis(Arc<RedisQueue>),
}

impl Consumer {
    /// How many more jobs the queue takes now.
    pub async fn room(&self, queue: Queue) -> Result<usize, QueueError> {
        match self {
            Self::InProcess(in_process) => Ok(in_process.room(queue)),
            Self::Redis(redis) => redis.room(queue).await,
        }
    }

    /// Throws away what finished tasks and dead workers left behind.
    pub async fn tidy(&self) -> Result<(), QueueError> {
        match self {
            Self::InProcess(_) => Ok(()),
            Self::Redis(redis) => redis.tidy().await,
        }
    }

    /// The side that hands jobs over.
    pub fn producer(&self) -> Arc<dyn JobQueue> {
        match self {
            Self::InProcess(in_process) => in_process.clone(),
            Self::Redis(redis) => redis.clone(),
        }
    }
}

/// Why a queue takes no more.
#[derive(Debug, thiserror::Error)]
#[error("{WAITING_MAX} jobs are waiting already")]
struct Full;

/// Whether a queue merely takes no more at present.
pub fn is_full(error: &QueueError) -> bool {
    error.0.is::<Full>()
}

/// A queue's name in keys and logs.
pub fn name(queue: Queue) -> &'static str {
    match queue {
        Queue::Payment => "payment",
        Queue::Stock => "stock",
        Queue::Mail => "mail",
        Queue::Search => "search",
    }
}
