//! Files of operations: what staff, apps and the command line have done line by line, by jobs.
//!
//! A file has a JSON object a line, which names a use case and its input ([`line`]). A job does a few lines in one
//! transaction, each in a savepoint of it, together with their results and the place where the file is to be gone
//! on with: whatever dies in between, no line is done twice. A few such transactions are one job, whose last thing
//! is to have another go on, so that shoppers and other jobs have their turn. Each line is done with the rights
//! that whoever started it has at that moment.

mod cancel;
mod csv;
mod expected_jobs;
mod file;
mod find;
mod follow;
mod forget;
mod line;
mod results;
mod run;
mod start;

pub use self::{
    cancel::cancel,
    find::{BulkFilter, find, list, require},
    follow::follow,
    results::{page, results},
    run::run_here,
    start::{BulkStart, start},
};
pub(crate) use self::{expected_jobs::EXPECTED_JOBS, forget::forget, run::run};
