//! What variants cost, did, and will.

pub mod history;
pub mod mutation;
pub mod period;
pub mod query;
pub mod questions;
pub mod schedule;
