//! Which taxes are due where.

pub mod kind;
pub mod mutation;
pub mod object;
pub mod query;
pub mod treatment;
