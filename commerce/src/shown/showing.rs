//! Which changes this process has heard of, and what still holds.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::{Mutex, Notify};
use uuid::Uuid;

use super::{
    answer::{Change, Shown},
    belief::Belief,
    counts::Counts,
    log::Log,
    tables::TableSet,
};

/// Where this process stands in the database's list of changes.
#[derive(Debug, Clone)]
pub struct Position {
    pub mark: String,
    pub read_at: Instant,
}

/// The changes that this process has heard of. Numbered, so that it can be told what came after an answer was begun.
#[derive(Default)]
pub struct Showing {
    log: Log,
    belief: Belief,
    /// Held by whoever reads; and how many have asked for that, of whom as many as `served` need not any more.
    pub position: Mutex<Option<Position>>,
    asked: AtomicU64,
    served: AtomicU64,
    pub counts: Counts,
}

impl Showing {
    /// The number of the last change. An answer that is begun now shows all changes up to it.
    pub fn last(&self) -> u64 {
        self.log.last()
    }

    /// The number of the last change that what was committed at `moment` shows for certain: that was known then. An answer
    /// that was read of a replica is as if it had been begun after it.
    pub fn last_at(&self, moment: Instant) -> u64 {
        self.log.last_at(moment)
    }

    /// Whether what is shown is as it was after the change `seen`, which is then put forward to the last.
    pub fn holds(&self, shown: &Shown, seen: &AtomicU64) -> bool {
        self.log.holds(shown, seen)
    }

    /// Hears of changes.
    pub fn hear(&self, changes: impl IntoIterator<Item = Change>) {
        let settings = TableSet::of_source("shop_settings");
        self.log.hear(changes.into_iter().inspect(|change| {
            if change.tables.meets(settings) {
                self.belief.change_settings();
            }
        }));
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
        self.belief.change_settings();
        self.log.forget();
    }

    /// How often there were doubts: to be asked before it is read.
    pub fn doubts(&self) -> u64 {
        self.belief.doubts()
    }

    /// What was asked for at `asked_at` has been read. It is believed unless there were doubts since `doubts`.
    pub fn has_read(&self, asked_at: Instant, doubts: u64) {
        self.belief.has_read(asked_at, doubts);
    }

    /// What was read is not to be believed any more.
    pub fn doubt(&self) {
        self.belief.doubt();
    }

    /// Whether everything is known that was committed some time ago (see `Belief`).
    pub fn is_current(&self) -> bool {
        self.belief.is_current()
    }

    /// From now on what was read is believed for so long, however late the next look at the database comes. For a process that is
    /// alone: what others change is seen that late.
    pub fn believe_for(&self, time: Duration) {
        self.belief.believe_for(time);
    }

    /// Whether the settings are to be read, by whoever asks this, and as of which change: nothing is believed before they
    /// have been.
    pub fn settings_changed(&self) -> Option<u64> {
        self.belief.settings_changed()
    }

    /// They have been, after that change.
    pub fn settings_are_read(&self, change: u64) {
        self.belief.settings_are_read(change);
    }

    /// Somebody asks for what is kept.
    pub fn use_now(&self) {
        self.belief.use_now();
    }

    /// Whether anybody has asked of late.
    pub fn is_used(&self) -> bool {
        self.belief.is_used()
    }

    /// Told when somebody asks after a while in which nobody did.
    pub fn wanted(&self) -> Arc<Notify> {
        self.belief.wanted()
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
    use crate::shown::log::CHANGES_MAX;

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

    #[test]
    fn what_was_read_of_a_replica_holds_where_nothing_that_it_shows_was_heard_since() {
        let showing = Showing::default();
        showing.forget();
        let unknown = Instant::now();
        showing.hear([change("price", 1)]);
        let shown = Shown {
            of: TableSet::of_source("price"),
            subjects: [Uuid::from_u128(1)].into(),
            ..Shown::default()
        };
        let holds = |as_of| {
            let seen = showing.last().min(showing.last_at(as_of));
            showing.holds(&shown, &AtomicU64::new(seen))
        };
        let after_one = Instant::now();
        assert!(!holds(unknown), "the replica may lack the change");
        assert!(holds(after_one));
        showing.hear([change("price", 2), change("stock", 1)]);
        assert!(holds(after_one) && holds(Instant::now()));
        showing.hear([change("price", 1)]);
        assert!(!holds(after_one));
        assert!(holds(Instant::now()));
        showing.forget();
        assert!(!holds(after_one));
        // Of so many nobody knows any more what was known when.
        let long_ago = Instant::now();
        (0..2_000).for_each(|_| showing.hear([change("stock", 9)]));
        assert_eq!(showing.last_at(long_ago), 0);
        assert!(!holds(long_ago));
    }
}
