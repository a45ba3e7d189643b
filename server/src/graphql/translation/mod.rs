//! Texts in other languages, as those who translate see them.

pub mod mutation;
pub mod object;
pub mod query;
