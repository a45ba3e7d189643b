//! What shoppers search for.

pub mod mutation;
pub mod object;
pub mod query;
