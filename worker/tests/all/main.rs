//! The worker over an outbox, with either queue.

mod common;
mod embedded;
mod redis;
