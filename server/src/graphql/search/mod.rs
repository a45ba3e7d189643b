//! Finding products by what a shopper typed, and how staff shape what is found.

pub mod connection;
pub mod facet;
pub mod query;
pub mod questions;
pub mod rules;
pub mod sort;
pub mod suggestions;
pub mod synonyms;
pub mod terms;
