//! What the shop takes off, by a code or by itself.

pub mod batch;
pub mod code;
pub mod codes;
pub mod effect;
pub mod goods;
pub mod input;
pub mod mutation;
pub mod object;
pub mod preview;
pub mod query;
pub mod questions;
pub mod report;
