//! The category tree.

pub mod object;
pub mod query;
pub mod questions;
