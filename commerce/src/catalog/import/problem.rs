//! What is wrong with a file.

use serde::{Deserialize, Serialize};

use crate::language::Message;

/// The most problems that a report holds; what comes after is counted, not kept.
const PROBLEMS_MAX: usize = 1_000;

/// What is wrong with a row, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// As a spreadsheet counts: the header is row 1.
    pub row: usize,
    /// As the file names it; empty where the row as a whole is meant.
    pub column: String,
    /// The handle of the product that the row belongs to; empty where none is meant.
    pub product: String,
    /// In no language yet: whoever reads it reads theirs.
    #[serde(flatten)]
    pub message: Message,
    pub severity: Severity,
}

/// Whether a problem keeps the file from being imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// The file is imported all the same; the message says how.
    Warning,
    /// Nothing of the file is imported.
    Error,
}

/// Problems as they are found, a bounded number of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Problems {
    pub(super) list: Vec<RowProblem>,
    pub(crate) errors: usize,
    /// The product whose problems are being found.
    pub(super) product: String,
}

impl Problems {
    pub(super) fn error(&mut self, row: usize, column: impl Into<String>, message: impl Into<Message>) {
        self.errors += 1;
        self.push(row, column.into(), message.into(), Severity::Error);
    }

    pub(super) fn warning(&mut self, row: usize, column: impl Into<String>, message: impl Into<Message>) {
        self.push(row, column.into(), message.into(), Severity::Warning);
    }

    /// Those that were kept of a file, with how many of them are errors, and what was found after them.
    pub(crate) fn continued(list: Vec<RowProblem>, errors: i64, found: &[RowProblem]) -> Self {
        let mut problems = Self {
            list,
            errors: usize::try_from(errors).unwrap_or(0),
            product: String::new(),
        };
        problems.add(found.to_vec());
        problems
    }

    pub(super) fn add(&mut self, found: Vec<RowProblem>) {
        for problem in found {
            self.errors += usize::from(problem.severity == Severity::Error);
            self.keep(problem);
        }
    }

    /// Whether something is wrong with this cell already.
    pub(super) fn has_error(&self, row: usize, column: &str) -> bool {
        let is_it =
            |told: &RowProblem| (told.row, told.column.as_str(), told.severity) == (row, column, Severity::Error);
        self.list.iter().any(is_it)
    }

    fn push(&mut self, row: usize, column: String, message: Message, severity: Severity) {
        let problem = RowProblem {
            row,
            column,
            product: self.product.clone(),
            message,
            severity,
        };
        self.keep(problem);
    }

    fn keep(&mut self, problem: RowProblem) {
        if self.list.len() < PROBLEMS_MAX {
            self.list.push(problem);
        } else if problem.severity == Severity::Error
            && let Some(warning) = self
                .list
                .iter_mut()
                .rev()
                .find(|kept| kept.severity == Severity::Warning)
        {
            // What stops the import matters more than what does not.
            *warning = problem;
        }
    }

    /// By row, as the file is read.
    pub(crate) fn sorted(mut self) -> Vec<RowProblem> {
        self.list.sort_by_key(|problem| problem.row);
        self.list
    }
}
