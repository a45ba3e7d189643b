//! What is kept of a person: told, and erased.

pub mod mutation;
pub mod object;
pub mod query;
