//! What groups of customers and companies pay, and what everybody pays by quantity.

pub mod fields;
pub mod mutation;
pub mod object;
pub mod quantity;
pub mod query;
pub mod questions;
