//! Goods that come back.

pub mod claim;
pub mod fields;
pub mod input;
pub mod line;
pub mod mutation;
pub mod object;
pub mod picture;
pub mod policy;
pub mod query;
pub mod questions;
pub mod returnable;
