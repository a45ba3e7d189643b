//! The changes that a process has heard of.

use std::{
    collections::VecDeque,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use super::answer::{Change, Shown};

/// How many changes are remembered: what was last looked at before them does not hold.
pub(super) const CHANGES_MAX: usize = 20_000;

/// Of how many of the last times that something was heard it is known when that was.
const HEARINGS_MAX: usize = 1_024;

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
    /// When the last of them were heard, and the number of the last one then.
    hearings: VecDeque<(Instant, u64)>,
}

impl Entries {
    /// The number of the last one.
    fn last(&self) -> u64 {
        self.before + self.changes.len() as u64
    }

    /// Tells `number` of them, who asks without this.
    fn note(&mut self, number: &AtomicU64) {
        let last = self.last();
        if self.hearings.len() >= HEARINGS_MAX {
            self.hearings.pop_front();
        }
        self.hearings.push_back((Instant::now(), last));
        number.store(last, Ordering::Release);
    }
}

impl Log {
    pub(super) fn last(&self) -> u64 {
        self.last.load(Ordering::Acquire)
    }

    /// The number of the last one that had been heard at `moment`. Where that is too long ago to be known, it is before all
    /// that are remembered.
    pub(super) fn last_at(&self, moment: Instant) -> u64 {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let heard = entries.hearings.iter().rev().find(|(at, _)| *at <= moment);
        heard.map_or(0, |(_, last)| *last)
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
            seen.fetch_max(entries.last(), Ordering::AcqRel);
        }
        !is_met
    }

    pub(super) fn hear(&self, changes: impl IntoIterator<Item = Change>) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        let before = entries.last();
        entries.changes.extend(changes);
        let beyond = entries.changes.len().saturating_sub(CHANGES_MAX);
        entries.changes.drain(..beyond);
        entries.before += beyond as u64;
        if entries.last() != before {
            entries.note(&self.last);
        }
    }

    /// Nothing holds that was looked at before.
    pub(super) fn forget(&self) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.before += entries.changes.len() as u64 + 1;
        entries.changes = VecDeque::new();
        entries.note(&self.last);
    }
}
