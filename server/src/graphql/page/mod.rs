//! Pages of the shop's own, and its policies.

pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
pub mod version;
