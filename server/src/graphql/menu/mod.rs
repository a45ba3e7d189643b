//! Menus: trees of links.

pub mod input;
pub mod mutation;
pub mod object;
pub mod query;
