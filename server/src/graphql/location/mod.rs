//! Where stock lies and where goods may be picked up.

pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
