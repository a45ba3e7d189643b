//! What is wrong with a file.

/// The most problems that a report holds; what comes after is counted, not kept.
const PROBLEMS_MAX: usize = 1_000;

/// What is wrong with a row, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// As a spreadsheet counts: the header is row 1.
    pub row: usize,
    /// As the file names it; empty where the row as a whole is meant.
    pub column: String,
    /// The handle of the product that the row belongs to; empty where none is meant.
    pub product: String,
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
pub(super) struct Problems {
    pub(super) list: Vec<RowProblem>,
    pub(super) errors: usize,
    /// The product whose problems are being found.
    pub(super) product: String,
}

impl Problems {
    pub(super) fn error(&mut self, row: usize, column: impl Into<String>, message: impl Into<String>) {
        self.errors += 1;
        self.push(row, column.into(), message.into(), Severity::Error);
    }

    pub(super) fn warning(&mut self, row: usize, column: impl Into<String>, message: impl Into<String>) {
        self.push(row, column.into(), message.into(), Severity::Warning);
    }

    /// Whether something is wrong with this cell already.
    pub(super) fn has_error(&self, row: usize, column: &str) -> bool {
        let is_it =
            |told: &RowProblem| (told.row, told.column.as_str(), told.severity) == (row, column, Severity::Error);
        self.list.iter().any(is_it)
    }

    fn push(&mut self, row: usize, column: String, message: String, severity: Severity) {
        let problem = RowProblem {
            row,
            column,
            product: self.product.clone(),
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
    pub(super) fn sorted(mut self) -> Vec<RowProblem> {
        self.list.sort_by_key(|problem| problem.row);
        self.list
    }
}
