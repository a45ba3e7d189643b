//! Orders of another shop system, as history.

pub mod object;
pub mod query;
