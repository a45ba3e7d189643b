//! What was searched for since it was last written down: counted in memory, so that a search costs no
//! transaction. It names nobody, and what a process loses is its last interval.

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDate;

use crate::words::term;

/// How many terms are counted between two writes; further ones are let go.
const TERMS_MAX: usize = 10_000;

/// How long a term may be.
const TERM_BYTES_MAX: usize = 200;

/// How many products are little.
pub const LITTLE_MAX: usize = 3;

/// How often a term was searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub searches: i64,
    pub found_nothing: i64,
    pub found_little: i64,
    /// In which (ISO 639).
    pub languages: BTreeSet<String>,
}

/// Counts, by day and term.
pub type Counted = HashMap<(NaiveDate, String), Counts>;

#[derive(Default)]
pub struct Tally(Mutex<Counted>);

impl Tally {
    /// Counts a search by somebody who reads `language`. Not counted is a text without a word, one that is too long for a report, and one that holds an
    /// `@`, which may be somebody's address.
    pub fn count(&self, day: NaiveDate, text: &str, language: &str, found: usize) {
        let term = term(text);
        if term.is_empty() || term.len() > TERM_BYTES_MAX || text.contains('@') {
            return;
        }
        let counts = Counts {
            searches: 1,
            found_nothing: i64::from(found == 0),
            found_little: i64::from((1..=LITTLE_MAX).contains(&found)),
            languages: BTreeSet::from([language.split('-').next().unwrap_or_default().to_owned()]),
        };
        self.add([((day, term), counts)]);
    }

    /// Gives what was counted, and begins anew.
    pub fn take(&self) -> Counted {
        std::mem::take(&mut self.lock())
    }

    /// Counts what was counted before, as far as there is room.
    pub fn add(&self, counted: impl IntoIterator<Item = ((NaiveDate, String), Counts)>) {
        let mut all = self.lock();
        for (key, more) in counted {
            if all.len() >= TERMS_MAX && !all.contains_key(&key) {
                continue;
            }
            let counts = all.entry(key).or_default();
            counts.searches += more.searches;
            counts.found_nothing += more.found_nothing;
            counts.found_little += more.found_little;
            counts.languages.extend(more.languages);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tally").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_counted_by_their_normal_form_and_bounded() {
        let (tally, day) = (Tally::default(), NaiveDate::default());
        for (text, found) in [
            ("Mug", 0),
            (" mug!", 2),
            ("MÜG", 9),
            ("", 1),
            ("ada@example.com", 0),
            ("\0", 0),
        ] {
            tally.count(day, text, "en-GB", found);
        }
        let counted = tally.take();
        let expected = Counts {
            searches: 3,
            found_nothing: 1,
            found_little: 1,
            languages: BTreeSet::from(["en".to_owned()]),
        };
        assert_eq!(counted, Counted::from([((day, "mug".to_owned()), expected)]));
        for number in 0..TERMS_MAX + 5 {
            tally.count(day, &number.to_string(), "de", 1);
        }
        tally.add(counted);
        tally.count(day, "7", "de", 1);
        let counted = tally.take();
        assert_eq!(
            (counted.len(), counted[&(day, "7".to_owned())].searches),
            (TERMS_MAX, 2)
        );
        assert!(tally.take().is_empty());
    }
}
