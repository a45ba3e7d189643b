//! The pictures of the shop, as staff look after them.

pub mod mutation;
pub mod object;
pub mod query;
