//! What is switched while the shop runs.

pub mod asked;
pub mod input;
pub mod mutation;
pub mod object;
pub mod query;
