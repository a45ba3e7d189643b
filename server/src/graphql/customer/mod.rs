//! Shoppers with an account.

pub mod object;
pub mod query;
pub mod questions;
