//! What a command answers, on standard output. `println!` panics where nobody reads (any more), as
//! after `| head`: that is the reader's wish, and no fault.

use std::{
    fmt::Display,
    io::{self, ErrorKind, Write},
};

use vitrine_commerce::catalog::import::{RowProblem, Severity};

/// Prints a line.
///
/// # Errors
/// When it cannot be written; [`nobody_reads`] tells what is none.
pub(super) fn line(text: impl Display) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}

/// Prints bytes as they are.
///
/// # Errors
/// As [`line`].
pub(super) fn bytes(bytes: &[u8]) -> io::Result<()> {
    io::stdout().lock().write_all(bytes)
}

/// Whether a command failed because whoever reads has read enough.
pub(super) fn nobody_reads(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// What is wrong with a row of a file.
pub(super) fn problem(problem: &RowProblem) -> io::Result<()> {
    let severity = match problem.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = if problem.column.is_empty() {
        String::new()
    } else {
        format!(", {}", problem.column)
    };
    let product = match problem.product.as_str() {
        "" => String::new(),
        handle => format!(" ({handle})"),
    };
    line(format_args!(
        "row {}{product}{place}: {severity}: {}",
        problem.row, problem.message
    ))
}
