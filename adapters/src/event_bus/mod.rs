//! Tells who listens that something changed: within the process, or to all by Redis pub/sub.

mod in_process;
mod redis;

pub use in_process::InProcessBus;
pub use redis::RedisBus;

/// How many messages a slow reader may lag behind before it misses some.
const LAG_MAX: usize = 1024;
