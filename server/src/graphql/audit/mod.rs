//! What staff and apps did.

pub mod object;
pub mod query;
