//! What became of a file's things, and what was not taken.

use crate::{
    catalog::import::{RowProblem, Severity},
    language::Message,
};

/// The most problems that a report holds; what comes after is counted, not kept.
const PROBLEMS_MAX: usize = 1_000;

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovingReport {
    pub created: usize,
    pub updated: usize,
    /// Those that are here already as the file has them.
    pub unchanged: usize,
    /// Rows or things that were not taken; `problems` says why of the first.
    pub skipped: usize,
    /// By row: errors are what was not taken, warnings what was taken otherwise.
    pub problems: Vec<RowProblem>,
}

/// Problems as they are found, a bounded number of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Problems {
    list: Vec<RowProblem>,
    /// How many rows or things were not taken.
    pub(super) errors: usize,
}

impl Problems {
    /// A row, or a thing that begins with it, is not taken.
    pub(super) fn error(&mut self, row: usize, column: &str, message: impl Into<Message>) {
        self.errors += 1;
        self.push(row, column, message.into(), Severity::Error);
    }

    /// It is taken all the same.
    pub(super) fn warning(&mut self, row: usize, column: &str, message: impl Into<Message>) {
        self.push(row, column, message.into(), Severity::Warning);
    }

    /// One that was found elsewhere.
    pub(super) fn add(&mut self, problem: RowProblem) {
        self.errors += usize::from(problem.severity == Severity::Error);
        self.keep(problem);
    }

    pub(super) fn list(&self) -> &[RowProblem] {
        &self.list
    }

    fn push(&mut self, row: usize, column: &str, message: Message, severity: Severity) {
        self.keep(RowProblem {
            row,
            column: column.to_owned(),
            product: String::new(),
            message,
            severity,
        });
    }

    fn keep(&mut self, problem: RowProblem) {
        if self.list.len() >= PROBLEMS_MAX {
            // What was not taken matters more than what was taken otherwise.
            let replaced = self.list.iter().rposition(|kept| kept.severity == Severity::Warning);
            match replaced.filter(|_| problem.severity == Severity::Error) {
                Some(place) => self.list.remove(place),
                None => return,
            };
        }
        self.list.push(problem);
    }

    /// By row.
    pub(super) fn sorted(mut self) -> Vec<RowProblem> {
        self.list.sort_by_key(|problem| problem.row);
        self.list
    }
}
