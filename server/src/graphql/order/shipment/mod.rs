//! Parcels of orders: what they hold, where they are, and what staff do with them.

pub mod event;
pub mod mutation;
pub mod object;
pub mod query;
