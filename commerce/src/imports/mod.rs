//! Files of products, and of what else another shop system exports ([`moving`](crate::moving)), that staff send, and that jobs import: what the command line does with a file at once
//! ([`catalog::import`](crate::catalog::import)), done in the background, with a report to read beforehand.
//!
//! An import begins as a dry run, whose report says what would be done; [`apply()`] then has the same file written. A job
//! reads the file and does batches of it for a few seconds, each in a transaction together with the place where the
//! file is to be gone on with, so that whatever dies in between, no product is written twice; its last thing is to
//! have another job go on.

mod apply;
mod cancel;
mod expected_jobs;
mod file;
mod find;
mod follow;
mod forget;
mod run;
mod start;

pub use self::{
    apply::apply,
    cancel::cancel,
    find::{find, list, problems, require},
    follow::follow,
    start::{ImportStart, start},
};
pub(crate) use self::{expected_jobs::EXPECTED_JOBS, forget::forget, run::run};
