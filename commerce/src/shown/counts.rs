//! How often answers were found kept, for those who watch the machines.

use std::sync::atomic::{AtomicU64, Ordering};

/// Of one process, since it started; `bytes` and `answers` are what it keeps now.
#[derive(Debug, Default)]
pub struct Counts {
    hits: AtomicU64,
    misses: AtomicU64,
    drops: AtomicU64,
    bytes: AtomicU64,
    answers: AtomicU64,
}

impl Counts {
    pub fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    /// One that might have been kept, and was not.
    pub fn miss(&self) {
        self.misses.fetch_add(1, Ordering::Relaxed);
    }

    /// One that was kept, and does not hold any more.
    pub fn drop(&self) {
        self.drops.fetch_add(1, Ordering::Relaxed);
    }

    pub fn keep(&self, answers: u64, bytes: u64) {
        self.answers.store(answers, Ordering::Relaxed);
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    pub fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }

    pub fn drops(&self) -> u64 {
        self.drops.load(Ordering::Relaxed)
    }

    pub fn answers(&self) -> u64 {
        self.answers.load(Ordering::Relaxed)
    }

    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}
