//! What an answer shows, and what has changed.

use std::{collections::HashSet, time::Instant};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::tables::TableSet;

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
    /// What was committed since may be lacking: it was read of a replica.
    pub(super) as_of: Option<Instant>,
    /// It shows what is not everybody's.
    pub(super) is_private: bool,
    /// What was searched for, in which language, and how much was found.
    pub(super) searches: Vec<(String, String, usize)>,
}

impl Shown {
    pub(super) fn holds_until(&mut self, end: DateTime<Utc>) {
        self.until = Some(self.until.map_or(end, |so_far| so_far.min(end)));
    }

    pub(super) fn read_as_of(&mut self, moment: Instant) {
        self.as_of = Some(self.as_of.map_or(moment, |so_far| so_far.min(moment)));
    }

    pub(super) fn add(&mut self, more: Self) {
        self.whole.add(more.whole);
        self.of.add(more.of);
        self.subjects.extend(more.subjects);
        if let Some(end) = more.until {
            self.holds_until(end);
        }
        self.settles_at = self.settles_at.into_iter().chain(more.settles_at).min();
        self.as_of = self.as_of.into_iter().chain(more.as_of).min();
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

    /// The moment since when it may lack what was committed, where it was read of a replica. It is not said twice: whatever
    /// is found to [hold](super::Showing::holds) after the change of that moment lacks nothing.
    pub fn take_as_of(&mut self) -> Option<Instant> {
        self.as_of.take()
    }

    pub fn is_private(&self) -> bool {
        self.is_private
    }

    /// Whether its time has come, at `now` by the shop's clock.
    pub fn is_over(&self, now: impl FnOnce() -> DateTime<Utc>) -> bool {
        self.until.is_some_and(|end| now() >= end) || self.settles_at.is_some_and(|end| Instant::now() >= end)
    }

    pub fn searches(&self) -> impl Iterator<Item = (&str, &str, usize)> {
        let searches = self.searches.iter();
        searches.map(|(text, language, found)| (text.as_str(), language.as_str(), *found))
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        let texts: usize = self.searches.iter().map(|(text, ..)| text.len() + 64).sum();
        size_of::<Self>() + self.subjects.len() * 24 + texts
    }

    pub(super) fn is_met_by(&self, change: &Change) -> bool {
        let is_of_all = change.product.is_nil() && change.variant.is_nil();
        let is_of_these = || self.subjects.contains(&change.product) || self.subjects.contains(&change.variant);
        self.whole.meets(change.tables) || (self.of.meets(change.tables) && (is_of_all || is_of_these()))
    }
}
