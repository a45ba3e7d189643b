//! What apps keep with things of the shop.

pub mod mutation;
pub mod object;
pub mod questions;
pub mod show;
