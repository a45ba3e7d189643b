//! Consumers withdraw from a contract.

pub mod event;
pub mod fields;
pub mod line;
pub mod mutation;
pub mod object;
pub mod period;
pub mod query;
pub mod questions;
