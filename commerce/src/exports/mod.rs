//! What the shop has, as tables that leave it: products, customers, orders and stock as CSV.
//!
//! A table is written page by page, in the order in which its things came to be, by whatever wants it:
//! [`stream()`] for the command line, which reads as fast as it is read, and for staff and apps a job that writes
//! a few pages at a time into the store of objects, from where a signed address leads to the file.
//!
//! Cells that a spreadsheet would run as a formula begin with an apostrophe, as OWASP advises; the import of
//! products takes it off again, so that an export may be imported as it is.

mod cancel;
mod expected_jobs;
mod find;
mod follow;
mod forget;
mod open;
mod run;
mod start;
mod stream;
mod table;

pub use self::{
    cancel::cancel,
    find::{find, list},
    follow::follow,
    open::{Address, address, file_name, open},
    start::start,
    stream::{count, stock_operations, stream},
};
pub(crate) use self::{expected_jobs::EXPECTED_JOBS, forget::forget, run::run};
