//! Signing up, in and out.

pub mod mutation;
pub mod object;
