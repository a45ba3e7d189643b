//! Products: what shoppers see of them, lists, and what staff change.

pub mod connection;
pub mod fields;
pub mod filter;
pub mod mutation;
pub mod object;
pub mod option;
pub mod query;
pub mod questions;
pub mod relation;
pub mod sort;
pub mod video;
