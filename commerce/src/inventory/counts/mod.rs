//! Counts of what lies at a location: begun, entered line by line, and applied at once or given up.
//!
//! What is applied is the difference that was seen when the line was counted, so that what is sold or comes
//! between counting and applying is not lost.

mod begin;
mod close;
mod enter;
mod find;
mod row;

pub use begin::begin;
pub use close::{CountClose, abandon, apply};
pub use enter::{CountEnter, CountedGoods, CountedLine, enter};
pub use find::{CountFilter, by_id, lines, list};
