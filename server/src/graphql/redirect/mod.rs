//! Paths of the storefront that lead elsewhere.

pub mod mutation;
pub mod object;
pub mod query;
