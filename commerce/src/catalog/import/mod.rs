//! Imports Shopify's product CSV: the classic export, and the newer template with other column
//! names.
//!
//! [`read`] turns a file into drafts and names every fault by row and column; it touches no
//! database. [`apply`] then writes the whole file or nothing; [`dry_run`] goes all the way with
//! the database, too, and takes everything back.

mod apply;
mod cell;
mod column;
mod product;
mod read;
mod row;
#[cfg(test)]
mod tests;
mod variant;

pub use self::{
    apply::{ImportReport, apply, dry_run},
    read::{Parsed, read},
};

/// The most problems that a report holds; what comes after is counted, not kept.
const PROBLEMS_MAX: usize = 1_000;

/// What is wrong with a row, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// As a spreadsheet counts: the header is row 1.
    pub row: usize,
    /// As the file names it; empty where the row as a whole is meant.
    pub column: String,
    pub message: String,
    pub severity: Severity,
}

/// Whether a problem keeps the file from being imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The file is imported all the same; the message says how.
    Warning,
    /// Nothing of the file is imported.
    Error,
}

/// Problems as they are found, a bounded number of them.
#[derive(Debug, Clone, Default)]
struct Problems {
    list: Vec<RowProblem>,
    errors: usize,
}

impl Problems {
    fn error(&mut self, row: usize, column: impl Into<String>, message: impl Into<String>) {
        self.errors += 1;
        self.push(row, column.into(), message.into(), Severity::Error);
    }

    fn warning(&mut self, row: usize, column: impl Into<String>, message: impl Into<String>) {
        self.push(row, column.into(), message.into(), Severity::Warning);
    }

    fn push(&mut self, row: usize, column: String, message: String, severity: Severity) {
        let problem = RowProblem {
            row,
            column,
            message,
            severity,
        };
        if self.list.len() < PROBLEMS_MAX {
            self.list.push(problem);
        } else if severity == Severity::Error
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
    fn sorted(mut self) -> Vec<RowProblem> {
        self.list.sort_by_key(|problem| problem.row);
        self.list
    }
}
