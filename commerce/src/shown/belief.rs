//! For how long a process believes that it knows of every change.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// For how long what was read of the changes is believed, from when it was asked for, unless it is said otherwise.
const BELIEVED: Duration = Duration::from_millis(700);

/// After how long without a question nobody goes on asking the database.
const USED: Duration = Duration::from_secs(30);

/// What was read and when, and whether anybody asks.
pub(super) struct Belief {
    /// When the changes that were read last were asked for, in milliseconds after `opened`; 0 where that is not to be
    /// believed.
    read_at: AtomicU64,
    /// For how many milliseconds it is believed.
    believed: AtomicU64,
    /// How often the shop's settings have changed, and how many of these changes were read.
    settings_changes: AtomicU64,
    settings_read: AtomicU64,
    /// How often it was said that what was read is not to be believed.
    doubts: AtomicU64,
    used_at: AtomicU64,
    wanted: Arc<Notify>,
    opened: Instant,
}

impl Default for Belief {
    fn default() -> Self {
        Self {
            read_at: AtomicU64::default(),
            believed: AtomicU64::new(as_millis(BELIEVED)),
            settings_changes: AtomicU64::default(),
            settings_read: AtomicU64::default(),
            doubts: AtomicU64::default(),
            used_at: AtomicU64::default(),
            wanted: Arc::default(),
            opened: Instant::now(),
        }
    }
}

impl Belief {
    pub(super) fn doubts(&self) -> u64 {
        self.doubts.load(Ordering::Acquire)
    }

    pub(super) fn has_read(&self, asked_at: Instant, doubts: u64) {
        let at = asked_at.saturating_duration_since(self.opened);
        self.read_at.store(as_millis(at).max(1), Ordering::Release);
        // Whoever doubts counts first: one of the two sees the other.
        if self.doubts() != doubts {
            self.read_at.store(0, Ordering::Release);
        }
    }

    pub(super) fn doubt(&self) {
        self.doubts.fetch_add(1, Ordering::AcqRel);
        self.read_at.store(0, Ordering::Release);
    }

    pub(super) fn is_current(&self) -> bool {
        if self.settings_changed().is_some() {
            return false;
        }
        let read_at = self.read_at.load(Ordering::Acquire);
        let believed = self.believed.load(Ordering::Acquire);
        read_at != 0 && as_millis(self.opened.elapsed()).saturating_sub(read_at) < believed
    }

    pub(super) fn believe_for(&self, time: Duration) {
        self.believed.store(as_millis(time), Ordering::Release);
    }

    /// How often the settings have changed, where that was not read.
    pub(super) fn settings_changed(&self) -> Option<u64> {
        let changes = self.settings_changes.load(Ordering::Acquire);
        (changes != self.settings_read.load(Ordering::Acquire)).then_some(changes)
    }

    pub(super) fn change_settings(&self) {
        self.settings_changes.fetch_add(1, Ordering::AcqRel);
    }

    pub(super) fn settings_are_read(&self, changes: u64) {
        self.settings_read.fetch_max(changes, Ordering::AcqRel);
    }

    pub(super) fn use_now(&self) {
        let now = as_millis(self.opened.elapsed()).max(1);
        let before = self.used_at.swap(now, Ordering::AcqRel);
        // The first to ask may come the moment that the shop opens.
        if before == 0 || before + as_millis(BELIEVED) < now {
            self.wanted.notify_one();
        }
    }

    pub(super) fn is_used(&self) -> bool {
        let used_at = self.used_at.load(Ordering::Acquire);
        used_at != 0 && as_millis(self.opened.elapsed()).saturating_sub(used_at) < as_millis(USED)
    }

    pub(super) fn wanted(&self) -> Arc<Notify> {
        Arc::clone(&self.wanted)
    }
}

fn as_millis(duration: Duration) -> u64 {
    duration.as_millis().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_to_ask_is_told_of_however_soon_they_come() {
        let belief = Belief::default();
        belief.use_now();
        let told = tokio::time::timeout(Duration::from_secs(5), belief.wanted.notified());
        told.await.expect("told");
        // Whoever comes next is no news.
        belief.use_now();
        let told = tokio::time::timeout(Duration::from_millis(20), belief.wanted.notified());
        assert!(told.await.is_err());
    }
}
