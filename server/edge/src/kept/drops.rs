//! When what was kept was dropped: what is made in its place is to show the change, also where it could be read late.
//!
//! Else what many ask for, and what changes often, would be kept by nobody: made of what is read late it lacks the change
//! by which it was dropped, and everybody who asks meanwhile would have it made anew.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// Of how many keys it is known. Where two share a place, one of them is read sooner than need be.
const PLACES: usize = 4_096;

/// The last drop of each key, or of another in its place.
pub(super) struct Drops {
    hasher: RandomState,
    opened: Instant,
    /// In milliseconds after `opened`, rounded up; 0 where nothing was dropped.
    places: Box<[AtomicU64]>,
}

impl Default for Drops {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            opened: Instant::now(),
            places: (0..PLACES).map(|_| AtomicU64::new(0)).collect(),
        }
    }
}

impl Drops {
    pub(super) fn note(&self, key: &impl Hash) {
        let after = self.opened.elapsed().as_millis();
        let after = u64::try_from(after).unwrap_or(u64::MAX).saturating_add(1);
        self.place(key).store(after, Ordering::Relaxed);
    }

    /// A little later than it was.
    pub(super) fn last(&self, key: &impl Hash) -> Option<Instant> {
        match self.place(key).load(Ordering::Relaxed) {
            0 => None,
            after => self.opened.checked_add(Duration::from_millis(after)),
        }
    }

    fn place(&self, key: &impl Hash) -> &AtomicU64 {
        &self.places[self.hasher.hash_one(key) as usize % PLACES]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_dropped_is_made_of_what_is_there_now() {
        let drops = Drops::default();
        assert_eq!(drops.last(&"a"), None);
        let before = Instant::now();
        drops.note(&"a");
        assert!(drops.last(&"a") >= Some(before));
    }
}
