//! Any object by its id.

pub mod interface;
pub mod query;
