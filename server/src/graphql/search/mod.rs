//! Finding products by what a shopper typed.

pub mod connection;
pub mod facet;
pub mod query;
pub mod sort;
