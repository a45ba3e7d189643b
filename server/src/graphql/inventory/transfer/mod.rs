//! Goods on their way from one location to another, or from a supplier.

pub mod line;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
