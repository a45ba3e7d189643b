//! Terms that shoppers use for the same thing.

pub mod mutation;
pub mod object;
pub mod query;
