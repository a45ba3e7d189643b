//! The queue of a shop that is one process: a bounded channel for each queue.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use apalis::prelude::{MemorySink, MemoryStorage, MemoryStorageError, Task, TaskBuilder};
use async_trait::async_trait;
use futures::{StreamExt, stream};
use tokio::sync::mpsc;
use vitrine_commerce::ports::{JobQueue, queue::QueueError};
use vitrine_entity::{ids::OutboxId, outbox::Queue};

use super::{Full, WAITING_MAX};

/// What an apalis worker takes this queue's jobs from.
pub type InProcessBackend = MemoryStorage<OutboxId>;

/// Bounded channels from whoever commits to the worker in the same process.
pub struct InProcessQueue {
    payment: Lane,
    stock: Lane,
    mail: Lane,
    search: Lane,
    is_attended: AtomicBool,
}

struct Lane {
    sender: mpsc::Sender<OutboxId>,
    /// Shared, so that a worker that is started again goes on where the last one stopped.
    receiver: Arc<Mutex<mpsc::Receiver<OutboxId>>>,
}

impl Default for InProcessQueue {
    fn default() -> Self {
        Self {
            payment: Lane::new(),
            stock: Lane::new(),
            mail: Lane::new(),
            search: Lane::new(),
            is_attended: AtomicBool::new(false),
        }
    }
}

#[async_trait]
impl JobQueue for InProcessQueue {
    async fn push(&self, queue: Queue, jobs: &[OutboxId]) -> Result<(), QueueError> {
        // All or none: what the caller takes back must not run as well.
        let places = self
            .lane(queue)
            .sender
            .try_reserve_many(jobs.len())
            .map_err(|_| QueueError(Full.into()))?;
        for (place, job) in places.zip(jobs) {
            place.send(*job);
        }
        Ok(())
    }

    fn is_attended(&self) -> bool {
        self.is_attended.load(Ordering::Relaxed)
    }

    async fn ping(&self) -> Result<(), QueueError> {
        Ok(())
    }
}

impl InProcessQueue {
    pub(super) fn room(&self, queue: Queue) -> usize {
        self.lane(queue).sender.capacity()
    }

    /// For an apalis worker. One at a time for each queue: a second one would take the first
    /// one's wake-ups.
    pub fn backend(&self, queue: Queue) -> InProcessBackend {
        self.is_attended.store(true, Ordering::Relaxed);
        let receiver = self.lane(queue).receiver.clone();
        let tasks = stream::poll_fn(move |cx| receiver.lock().unwrap_or_else(PoisonError::into_inner).poll_recv(cx))
            .map(|job| TaskBuilder::new(job).build());
        MemoryStorage::new_with(closed_sink(), tasks.boxed())
    }

    fn lane(&self, queue: Queue) -> &Lane {
        match queue {
            Queue::Payment => &self.payment,
            Queue::Stock => &self.stock,
            Queue::Mail => &self.mail,
            Queue::Search => &self.search,
        }
    }
}

impl Lane {
    fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        Self {
            sender,
            receiver: Arc::new(Mutex::new(receiver)),
        }
    }
}

/// apalis wants a way in beside the way out. Its own is unbounded, so nobody uses it: jobs come
/// by [`JobQueue::push`].
fn closed_sink() -> MemorySink<OutboxId> {
    let sink = futures::sink::unfold((), |(), _: Task<OutboxId>| async {
        Err::<(), _>(MemoryStorageError::Other("jobs are pushed through the queue".into()))
    });
    MemorySink::new(Arc::new(futures::lock::Mutex::new(Box::new(Box::pin(sink)))))
}
