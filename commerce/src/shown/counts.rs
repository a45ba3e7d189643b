//! How often answers and pages were found kept, for those who watch the machines.

use std::sync::atomic::{AtomicU64, Ordering};

/// Of one process, since it started.
#[derive(Debug, Default)]
pub struct Counts {
    pub answers: Looks,
    pub pages: Looks,
    kept: AtomicU64,
    kept_bytes: AtomicU64,
}

/// What became of those that were asked for.
#[derive(Debug, Default)]
pub struct Looks {
    hits: AtomicU64,
    misses: AtomicU64,
    drops: AtomicU64,
}

impl Counts {
    /// So many are kept now, of both, and take so much.
    pub fn keep(&self, kept: u64, bytes: u64) {
        self.kept.store(kept, Ordering::Relaxed);
        self.kept_bytes.store(bytes, Ordering::Relaxed);
    }

    pub fn kept(&self) -> u64 {
        self.kept.load(Ordering::Relaxed)
    }

    pub fn kept_bytes(&self) -> u64 {
        self.kept_bytes.load(Ordering::Relaxed)
    }
}

impl Looks {
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

    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    pub fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }

    pub fn drops(&self) -> u64 {
        self.drops.load(Ordering::Relaxed)
    }
}
