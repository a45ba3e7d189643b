//! Groups of customers.

pub mod fields;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
