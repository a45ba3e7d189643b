//! Who is sent what happens in the shop, and what became of it.

pub mod delivery;
pub mod event_type;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
pub mod replay;
