//! Countries, and what an address there needs.

pub mod object;
pub mod query;
