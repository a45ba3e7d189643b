//! Where events are appended for consumers of their own. A shop without Redis has none: whoever wants to know there is sent
//! webhooks.

mod redis;

pub use self::redis::RedisStream;
