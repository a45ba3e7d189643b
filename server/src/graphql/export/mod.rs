//! Tables of the shop, written by jobs.

pub mod mutation;
pub mod object;
pub mod query;
pub mod subscription;
