//! What is done in the background, for staff.

pub mod mutation;
pub mod object;
pub mod query;
