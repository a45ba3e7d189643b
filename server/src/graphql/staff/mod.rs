//! Who works here.

pub mod object;
pub mod query;
