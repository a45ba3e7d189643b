//! Counts how often something is done: within the process, or in Redis for all servers of a shop.

mod in_memory;
mod redis;

pub use in_memory::InMemoryLimiter;
pub use redis::RedisLimiter;
