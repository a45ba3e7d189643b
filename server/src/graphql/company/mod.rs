//! Companies, who buys for them, and what they owe.

pub mod account;
pub mod fields;
pub mod location;
pub mod membership;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
pub mod request;
