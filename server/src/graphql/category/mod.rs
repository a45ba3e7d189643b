//! The category tree.

pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
