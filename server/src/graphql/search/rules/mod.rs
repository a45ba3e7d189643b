//! What staff pin and hide for a search.

pub mod input;
pub mod mutation;
pub mod object;
pub mod query;
