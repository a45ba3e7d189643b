//! Prices that staff write ahead: from a time on, or from a time to a time, in the shop's own currency or in a price list's.
//! A job makes one the price when its time comes ([`run`]), and gives the former one back at its end, unless staff have set
//! another meanwhile: theirs stays. Of a variant, no two in one currency overlap, so that what a price will be is certain.

mod change;
mod check;
mod create;
mod due;
mod expected_jobs;
mod load;
mod run;
mod settle;
mod withdraw;

pub use change::{PriceScheduleChange, update};
pub use create::{PriceScheduleDraft, create};
pub(crate) use expected_jobs::EXPECTED_JOBS;
pub use load::{ending, find, list, of_variants};
pub use run::run;
pub use withdraw::withdraw;
