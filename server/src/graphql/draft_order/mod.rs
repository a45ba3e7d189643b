//! Orders that staff put together.

pub mod decided;
pub mod fields;
pub mod input;
pub mod mutation;
pub mod object;
pub mod query;
