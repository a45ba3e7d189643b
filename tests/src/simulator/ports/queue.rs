//! A queue that delays, doubles, reorders and drops what it is handed, refuses to take it, and may
//! be wiped.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use rand::{Rng, rngs::StdRng};
use uuid::Uuid;
use vitrine_commerce::ports::{JobQueue, queue::QueueError};
use vitrine_entity::{ids::OutboxId, outbox::Queue};

use crate::simulator::{defect::Defect, points::Points, weather::Weather};

pub(in crate::simulator) struct SimulatedQueue {
    points: Arc<Points>,
    weather: Arc<Weather>,
    defect: Option<Defect>,
    waiting: Mutex<Vec<OutboxId>>,
    /// Every id that was ever handed over.
    seen: Mutex<Vec<OutboxId>>,
    pub dropped: AtomicUsize,
    pub doubled: AtomicUsize,
}

impl SimulatedQueue {
    pub(in crate::simulator) fn new(points: Arc<Points>, weather: Arc<Weather>, defect: Option<Defect>) -> Self {
        Self {
            points,
            weather,
            defect,
            waiting: Mutex::default(),
            seen: Mutex::default(),
            dropped: AtomicUsize::default(),
            doubled: AtomicUsize::default(),
        }
    }

    /// A delivery: mostly the oldest, at times any other. What is doubled stays as well.
    pub(in crate::simulator) fn take(&self, dice: &mut StdRng) -> Option<OutboxId> {
        let mut waiting = lock(&self.waiting);
        if waiting.is_empty() {
            return None;
        }
        let index = match dice.random_range(0..3) {
            0 => dice.random_range(0..waiting.len()),
            _ => 0,
        };
        if self.weather.happens(5) {
            self.doubled.fetch_add(1, Ordering::Relaxed);
            return Some(waiting[index]);
        }
        Some(waiting.remove(index))
    }

    /// Forgets everything that waits. Gives how much it was.
    pub(in crate::simulator) fn wipe(&self) -> usize {
        let lost = lock(&self.waiting).drain(..).count();
        self.dropped.fetch_add(lost, Ordering::Relaxed);
        lost
    }

    pub(in crate::simulator) fn seen(&self) -> Vec<OutboxId> {
        lock(&self.seen).clone()
    }
}

#[async_trait]
impl JobQueue for SimulatedQueue {
    async fn push(&self, _queue: Queue, jobs: &[OutboxId]) -> Result<(), QueueError> {
        self.points.at_port().await;
        let mut jobs = jobs.to_vec();
        if self.defect == Some(Defect::DeliversStrangers) {
            jobs.push(OutboxId(Uuid::from_u128(9)));
        }
        lock(&self.seen).extend(&jobs);
        if self.weather.down().queue || self.weather.happens(3) {
            return Err(QueueError("planned".into()));
        }
        for job in jobs {
            if self.weather.happens(5) {
                self.dropped.fetch_add(1, Ordering::Relaxed);
            } else {
                lock(&self.waiting).push(job);
            }
        }
        // It took them, and nobody hears of it.
        if self.weather.happens(2) {
            return Err(QueueError("planned, after the jobs were taken".into()));
        }
        self.points.at_port().await;
        Ok(())
    }

    fn is_attended(&self) -> bool {
        true
    }

    async fn ping(&self) -> Result<(), QueueError> {
        match self.weather.down().queue {
            true => Err(QueueError("planned".into())),
            false => Ok(()),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
