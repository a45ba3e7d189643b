//! What was searched for: counted by day, never by whom, for staff to see what shoppers miss. A search is counted in
//! memory ([`Tally`](crate::tally)); every process writes down what it has counted, twice a minute.

mod flush;
mod forget;
mod report;
mod settings;

pub use self::{
    flush::{flush, follow},
    forget::forget,
    report::{Found, SearchTerm, report},
    settings::{settings, update},
};
