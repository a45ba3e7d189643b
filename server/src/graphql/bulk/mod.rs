//! Files of operations, done by jobs.

pub mod mutation;
pub mod object;
pub mod query;
pub mod result;
pub mod subscription;
