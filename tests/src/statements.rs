//! What a shop asks its database, counted.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use vitrine_adapters::boot::StatementWatcher;
use vitrine_commerce::shown;

/// What is read by a clock is nobody's statement in particular: what has changed, for all answers that are kept; which keys
/// sign; which sessions have ended; whether the settings, or what is switched, have changed.
const OF_NOBODY: [&str; 4] = [
    "public_change",
    "\"signing_key\"",
    "revoked_at is not null",
    "select version from shop_settings",
];

/// What stands between statements that are run by one call.
const TOGETHER: &str = ";\n";

/// How often each was run, by its text.
type Counts = BTreeMap<String, usize>;

/// Counts statements by their text. Those that begin and end transactions are not told.
#[derive(Default)]
pub struct Statements {
    all: Mutex<Counts>,
    /// Those that were run for an answer which may be kept: what the shop does by itself meanwhile is not among them.
    of_answers: Mutex<Counts>,
}

impl Statements {
    /// What a shop is opened with, to be counted here.
    pub(crate) fn watcher(self: &Arc<Self>) -> StatementWatcher {
        let statements = Arc::clone(self);
        Arc::new(move |sql| {
            if OF_NOBODY.iter().any(|of_nobody| sql.contains(of_nobody)) {
                return;
            }
            count(&statements.all, sql);
            if shown::is_watched() {
                count(&statements.of_answers, sql);
            }
        })
    }

    /// What was run since this was last called, by text.
    pub fn take(&self) -> BTreeMap<String, usize> {
        take(&self.all)
    }

    /// The same of those alone that were run for answers which may be kept.
    pub fn take_of_answers(&self) -> BTreeMap<String, usize> {
        take(&self.of_answers)
    }

    /// How many were run since they were last taken.
    pub fn take_count(&self) -> usize {
        self.take().values().sum()
    }
}

/// On SQLite several may be run by one call.
fn count(counts: &Mutex<Counts>, sql: &str) {
    let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
    for statement in sql.split(TOGETHER) {
        *counts.entry(statement.to_owned()).or_default() += 1;
    }
}

fn take(counts: &Mutex<Counts>) -> Counts {
    std::mem::take(&mut counts.lock().unwrap_or_else(PoisonError::into_inner))
}
