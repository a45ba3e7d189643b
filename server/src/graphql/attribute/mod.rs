//! What named values of products must be.

pub mod fields;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
pub mod value;
