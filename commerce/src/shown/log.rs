//! The changes that a process has heard of.

use std::{
    collections::VecDeque,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use super::answer::{Change, Shown};

/// How many changes are remembered: what was last looked at before them does not hold.
pub(super) const CHANGES_MAX: usize = 20_000;

/// The changes, numbered.
#[derive(Default)]
pub(super) struct Log {
    entries: RwLock<Entries>,
    /// The number of the last one.
    last: AtomicU64,
}

#[derive(Default)]
struct Entries {
    /// How many came before these.
    before: u64,
    changes: VecDeque<Change>,
}

impl Log {
    pub(super) fn last(&self) -> u64 {
        self.last.load(Ordering::Acquire)
    }

    /// Whether what is shown is as it was after the change `seen`, which is then put forward to the last.
    pub(super) fn holds(&self, shown: &Shown, seen: &AtomicU64) -> bool {
        let from = seen.load(Ordering::Acquire);
        if from == self.last() {
            return true;
        }
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let Some(skipped) = from.checked_sub(entries.before) else {
            return false;
        };
        let changes = &entries.changes;
        let is_met = changes
            .iter()
            .skip(skipped as usize)
            .any(|change| shown.is_met_by(change));
        if !is_met {
            seen.fetch_max(entries.before + changes.len() as u64, Ordering::AcqRel);
        }
        !is_met
    }

    pub(super) fn hear(&self, changes: impl IntoIterator<Item = Change>) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.changes.extend(changes);
        let beyond = entries.changes.len().saturating_sub(CHANGES_MAX);
        entries.changes.drain(..beyond);
        entries.before += beyond as u64;
        self.last
            .store(entries.before + entries.changes.len() as u64, Ordering::Release);
    }

    /// Nothing holds that was looked at before.
    pub(super) fn forget(&self) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.before += entries.changes.len() as u64 + 1;
        entries.changes = VecDeque::new();
        self.last.store(entries.before, Ordering::Release);
    }
}
