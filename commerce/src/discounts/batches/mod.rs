//! Codes that are made by a job, many at once: each is somebody's own.
//!
//! A job makes a few hundred in a transaction, together with the number of those that are made, and has another job go
//! on: whatever dies in between, none is made twice or missing. Which codes there are is the table's to say: one that is
//! there already is not written, and another is made in its place.

mod cancel;
mod expected_jobs;
mod find;
mod letters;
mod run;
mod start;

pub use self::{
    cancel::cancel,
    find::{by_id, of_discounts},
    start::{BatchStart, QUANTITY_MAX, start},
};
pub(crate) use self::{expected_jobs::EXPECTED_JOBS, run::run};
