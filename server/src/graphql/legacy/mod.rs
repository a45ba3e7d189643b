//! Orders of the older checkout, while a shop moves away from it.

pub mod mutation;
pub mod object;
pub mod query;
