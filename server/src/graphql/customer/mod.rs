//! Shoppers with an account.

pub mod account;
pub mod address;
pub mod consent;
pub mod desk;
pub mod mutation;
pub mod object;
pub mod privacy;
pub mod query;
pub mod questions;
