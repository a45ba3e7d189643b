//! Who answers for products, and what their buyers are warned of.

pub mod mutation;
pub mod object;
pub mod operator;
pub mod query;
pub mod questions;
pub mod set;
