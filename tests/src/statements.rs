//! What a shop asks its database, counted.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use vitrine_adapters::boot::StatementWatcher;

/// What is read by a clock is nobody's statement in particular: what has changed, for all answers that are kept; which keys
/// sign; which sessions have ended.
const OF_NOBODY: [&str; 3] = ["public_change", "\"signing_key\"", "revoked_at is not null"];

/// What stands between statements that are run by one call.
const TOGETHER: &str = ";\n";

/// Counts statements by their text. Those that begin and end transactions are not told.
#[derive(Default)]
pub struct Statements(Mutex<BTreeMap<String, usize>>);

impl Statements {
    /// What a shop is opened with, to be counted here.
    pub(crate) fn watcher(self: &Arc<Self>) -> StatementWatcher {
        let statements = Arc::clone(self);
        Arc::new(move |sql| {
            if OF_NOBODY.iter().any(|of_nobody| sql.contains(of_nobody)) {
                return;
            }
            let mut counts = statements.0.lock().unwrap_or_else(PoisonError::into_inner);
            // On SQLite several may be run by one call.
            for statement in sql.split(TOGETHER) {
                *counts.entry(statement.to_owned()).or_default() += 1;
            }
        })
    }

    /// What was run since this was last called, by text.
    pub fn take(&self) -> BTreeMap<String, usize> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many were run since they were last taken.
    pub fn take_count(&self) -> usize {
        self.take().values().sum()
    }
}
