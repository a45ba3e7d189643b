//! Which changes this process has heard of, and what still holds.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use tokio::sync::{Mutex, Notify};
use uuid::Uuid;

use super::{counts::Counts, tables::TableSet};

/// How many changes are remembered: what was last looked at before them does not hold.
const CHANGES_MAX: usize = 20_000;

/// For how long what was read of the changes is believed, from when it was asked for.
const BELIEVED: Duration = Duration::from_millis(700);

/// After how long without a question nobody goes on asking the database.
const USED: Duration = Duration::from_secs(30);

/// Something that shoppers may have seen has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub tables: TableSet,
    /// Whose row it is; nil where it is nobody's in particular, or of many.
    pub product: Uuid,
    pub variant: Uuid,
}

/// What an answer shows.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Read without saying of what.
    pub(super) whole: TableSet,
    /// Read of these products and variants alone.
    pub(super) of: TableSet,
    pub(super) subjects: HashSet<Uuid>,
    /// It holds until then at most, by the shop's clock and by the machine's.
    pub(super) until: Option<DateTime<Utc>>,
    pub(super) settles_at: Option<Instant>,
    /// It shows what is not everybody's.
    pub(super) is_private: bool,
    /// What was searched for, and how much was found.
    pub(super) searches: Vec<(String, usize)>,
}

impl Shown {
    pub(super) fn holds_until(&mut self, end: DateTime<Utc>) {
        self.until = Some(self.until.map_or(end, |so_far| so_far.min(end)));
    }

    pub(super) fn add(&mut self, more: Self) {
        self.whole.add(more.whole);
        self.of.add(more.of);
        self.subjects.extend(more.subjects);
        if let Some(end) = more.until {
            self.holds_until(end);
        }
        self.settles_at = self.settles_at.or(more.settles_at);
        self.is_private |= more.is_private;
        self.searches.extend(more.searches);
    }

    /// The same, of one of the products or variants alone.
    #[must_use]
    pub fn about(&self, subject: Uuid) -> Self {
        Self {
            subjects: [subject].into(),
            searches: Vec::new(),
            ..*self
        }
    }

    pub fn is_private(&self) -> bool {
        self.is_private
    }

    /// Whether its time has come, at `now` by the shop's clock.
    pub fn is_over(&self, now: impl FnOnce() -> DateTime<Utc>) -> bool {
        self.until.is_some_and(|end| now() >= end) || self.settles_at.is_some_and(|end| Instant::now() >= end)
    }

    pub fn searches(&self) -> impl Iterator<Item = (&str, usize)> {
        self.searches.iter().map(|(text, found)| (text.as_str(), *found))
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        let texts: usize = self.searches.iter().map(|(text, _)| text.len() + 32).sum();
        size_of::<Self>() + self.subjects.len() * 24 + texts
    }

    fn is_met_by(&self, change: &Change) -> bool {
        let is_of_all = change.product.is_nil() && change.variant.is_nil();
        let is_of_these = || self.subjects.contains(&change.product) || self.subjects.contains(&change.variant);
        self.whole.meets(change.tables) || (self.of.meets(change.tables) && (is_of_all || is_of_these()))
    }
}

/// Where this process stands in the database's list of changes.
#[derive(Debug, Clone)]
pub struct Position {
    pub mark: String,
    pub read_at: Instant,
}

/// The changes that this process has heard of. Numbered, so that it can be told what came after an answer was begun.
pub struct Showing {
    log: RwLock<Log>,
    /// The number of the last one.
    last: AtomicU64,
    /// When the changes that were read last were asked for, in milliseconds after `opened`; 0 where that is not to be
    /// believed.
    read_at: AtomicU64,
    /// Whether the shop's settings have changed, and were not read yet.
    settings_changed: AtomicBool,
    /// How often it was said that what was read is not to be believed.
    doubts: AtomicU64,
    used_at: AtomicU64,
    opened: Instant,
    /// Held by whoever reads; and how many have asked for that, of whom as many as `served` need not any more.
    pub position: Mutex<Option<Position>>,
    asked: AtomicU64,
    served: AtomicU64,
    wanted: Arc<Notify>,
    pub counts: Counts,
}

#[derive(Default)]
struct Log {
    /// How many came before these.
    before: u64,
    changes: VecDeque<Change>,
}

impl Default for Showing {
    fn default() -> Self {
        Self {
            log: RwLock::default(),
            last: AtomicU64::default(),
            read_at: AtomicU64::default(),
            settings_changed: AtomicBool::default(),
            doubts: AtomicU64::default(),
            used_at: AtomicU64::default(),
            opened: Instant::now(),
            position: Mutex::default(),
            asked: AtomicU64::default(),
            served: AtomicU64::default(),
            wanted: Arc::default(),
            counts: Counts::default(),
        }
    }
}

impl Showing {
    /// The number of the last change. An answer that is begun now shows all changes up to it.
    pub fn last(&self) -> u64 {
        self.last.load(Ordering::Acquire)
    }

    /// Whether what is shown is as it was after the change `seen`, which is then put forward to the last.
    pub fn holds(&self, shown: &Shown, seen: &AtomicU64) -> bool {
        let from = seen.load(Ordering::Acquire);
        if from == self.last() {
            return true;
        }
        let log = self.log.read().unwrap_or_else(PoisonError::into_inner);
        let Some(skipped) = from.checked_sub(log.before) else {
            return false;
        };
        let is_met = log
            .changes
            .iter()
            .skip(skipped as usize)
            .any(|change| shown.is_met_by(change));
        if !is_met {
            seen.fetch_max(log.before + log.changes.len() as u64, Ordering::AcqRel);
        }
        !is_met
    }

    /// Hears of changes.
    pub fn hear(&self, changes: impl IntoIterator<Item = Change>) {
        let settings = TableSet::of_source("shop_settings");
        let mut log = self.log.write().unwrap_or_else(PoisonError::into_inner);
        for change in changes {
            if change.tables.meets(settings) {
                self.settings_changed.store(true, Ordering::Release);
            }
            log.changes.push_back(change);
        }
        let beyond = log.changes.len().saturating_sub(CHANGES_MAX);
        log.changes.drain(..beyond);
        log.before += beyond as u64;
        self.last
            .store(log.before + log.changes.len() as u64, Ordering::Release);
    }

    /// The search engine was given something.
    pub(crate) fn hear_of_index(&self) {
        self.hear([Change {
            tables: TableSet::INDEX,
            product: Uuid::nil(),
            variant: Uuid::nil(),
        }]);
    }

    /// Nobody knows what has changed: nothing holds.
    pub fn forget(&self) {
        self.settings_changed.store(true, Ordering::Release);
        let mut log = self.log.write().unwrap_or_else(PoisonError::into_inner);
        log.before += log.changes.len() as u64 + 1;
        log.changes = VecDeque::new();
        self.last.store(log.before, Ordering::Release);
    }

    /// How often there were doubts: to be asked before it is read.
    pub fn doubts(&self) -> u64 {
        self.doubts.load(Ordering::Acquire)
    }

    /// What was asked for at `asked_at` has been read. It is believed unless there were doubts since `doubts`.
    pub fn has_read(&self, asked_at: Instant, doubts: u64) {
        let at = asked_at.saturating_duration_since(self.opened);
        self.read_at.store(as_millis(at).max(1), Ordering::Release);
        // Whoever doubts counts first: one of the two sees the other.
        if self.doubts() != doubts {
            self.read_at.store(0, Ordering::Release);
        }
    }

    /// What was read is not to be believed any more.
    pub fn doubt(&self) {
        self.doubts.fetch_add(1, Ordering::AcqRel);
        self.read_at.store(0, Ordering::Release);
    }

    /// Whether everything is known that was committed some time ago (see `BELIEVED`).
    pub fn is_current(&self) -> bool {
        if self.settings_changed.load(Ordering::Acquire) {
            return false;
        }
        let read_at = self.read_at.load(Ordering::Acquire);
        read_at != 0 && as_millis(self.opened.elapsed()).saturating_sub(read_at) < as_millis(BELIEVED)
    }

    /// Whether the settings are to be read, by whoever asks this: nothing is believed before they have been.
    pub fn settings_changed(&self) -> bool {
        self.settings_changed.load(Ordering::Acquire)
    }

    /// They have been, after the changes were.
    pub fn settings_are_read(&self) {
        self.settings_changed.store(false, Ordering::Release);
    }

    /// Somebody asks for what is kept.
    pub fn use_now(&self) {
        let now = as_millis(self.opened.elapsed()).max(1);
        if self.used_at.swap(now, Ordering::AcqRel) + as_millis(BELIEVED) < now {
            self.wanted.notify_one();
        }
    }

    /// Whether anybody has asked of late.
    pub fn is_used(&self) -> bool {
        let used_at = self.used_at.load(Ordering::Acquire);
        used_at != 0 && as_millis(self.opened.elapsed()).saturating_sub(used_at) < as_millis(USED)
    }

    /// Told when somebody asks after a while in which nobody did.
    pub fn wanted(&self) -> Arc<Notify> {
        Arc::clone(&self.wanted)
    }

    /// A ticket for whoever wants the changes to be read.
    pub fn ask(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::AcqRel) + 1
    }

    /// Everybody who has a ticket so far.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Acquire)
    }

    pub fn is_served(&self, ticket: u64) -> bool {
        self.served.load(Ordering::Acquire) >= ticket
    }

    pub fn serve(&self, tickets: u64) {
        self.served.fetch_max(tickets, Ordering::AcqRel);
    }
}

fn as_millis(duration: Duration) -> u64 {
    duration.as_millis().try_into().unwrap_or(u64::MAX)
}

impl fmt::Debug for Showing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Showing")
            .field("last", &self.last())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(source: &str, product: u128) -> Change {
        Change {
            tables: TableSet::of_source(source),
            product: Uuid::from_u128(product),
            variant: Uuid::nil(),
        }
    }

    #[test]
    fn an_answer_holds_until_something_that_it_shows_changes() {
        let showing = Showing::default();
        let shown = Shown {
            whole: TableSet::of_source("category"),
            of: TableSet::of_source("price"),
            subjects: [Uuid::from_u128(1)].into(),
            ..Shown::default()
        };
        let holds_after = |changes: Vec<Change>| {
            let seen = AtomicU64::new(showing.last());
            showing.hear(changes);
            showing.holds(&shown, &seen)
        };
        assert!(holds_after(vec![]));
        assert!(holds_after(vec![
            change("price", 2),
            change("stock", 1),
            change("stock", 0)
        ]));
        assert!(!holds_after(vec![change("price", 2), change("price", 1)]));
        assert!(!holds_after(vec![change("price", 0)]), "of all");
        assert!(!holds_after(vec![change("category", 0)]));
        assert!(!holds_after(vec![change("a table of tomorrow", 7)]));

        let seen = AtomicU64::new(showing.last());
        showing.hear([change("stock", 1)]);
        assert!(showing.holds(&shown, &seen) && showing.holds(&shown, &seen));
        showing.hear([change("price", 1)]);
        assert!(
            !showing.holds(&shown, &seen) && !showing.holds(&shown, &seen),
            "for good"
        );
    }

    #[test]
    fn what_was_not_looked_at_since_more_changes_than_are_remembered_does_not_hold() {
        let showing = Showing::default();
        let (early, shown) = (AtomicU64::new(showing.last()), Shown::default());
        showing.hear(vec![change("stock", 1); CHANGES_MAX]);
        let late = AtomicU64::new(showing.last());
        showing.hear([change("stock", 1)]);
        assert!(!showing.holds(&shown, &early) && showing.holds(&shown, &late));
        showing.forget();
        assert!(!showing.holds(&shown, &late));
        assert!(showing.holds(&shown, &AtomicU64::new(showing.last())));
    }
}
