//! Hand-picked sets of products.

pub mod object;
pub mod query;
