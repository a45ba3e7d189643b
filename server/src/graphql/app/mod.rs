//! Programs that work here as staff do.

pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
