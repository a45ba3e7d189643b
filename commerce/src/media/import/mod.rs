//! Pictures that products name by a web address are fetched into the store.
//!
//! A row an address says what became of it, however many products name it; until the picture is there, its
//! own address is shown. The rows are what is to be done: a job takes a few of them at a time, and the last
//! thing it does is to have another take the next. So a file of ten thousand pictures is one job at a time,
//! and mails, whose queue it waits in, are not held up. (A queue of its own would need other words in the
//! outbox's table than the version before knows.)

mod expected_jobs;
mod list;
mod retry;
mod run;
mod want;

pub(crate) use self::{expected_jobs::EXPECTED_JOBS, list::pending_since, run::run, want::want};
pub use self::{
    list::{failures, pending, uses_of},
    retry::retry,
};
