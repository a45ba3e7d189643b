//! Counts of what lies at a location.

pub mod line;
pub mod mutation;
pub mod object;
pub mod query;
