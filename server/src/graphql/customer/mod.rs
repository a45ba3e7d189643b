//! Shoppers with an account.

pub mod account;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
