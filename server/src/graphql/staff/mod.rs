//! Who works here, and what their roles may do.

pub mod actor;
pub mod invitation;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
pub mod role;
