//! Where the shop sends to, by whom and for how much.

pub mod estimate;
pub mod method;
pub mod mutation;
pub mod query;
pub mod zone;
