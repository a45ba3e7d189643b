//! Files of products, imported by jobs.

pub mod mutation;
pub mod object;
pub mod problem;
pub mod query;
pub mod subscription;
