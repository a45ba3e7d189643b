//! What goes between processes: jobs, what others are told, and who asked how often. By Redis, or within this process.

use std::sync::Arc;

use anyhow::Context;
use vitrine_commerce::ports::{Clock, EventBus, EventStream, RateLimiter};

use crate::{
    config::Config,
    event_bus::{InProcessBus, RedisBus},
    event_stream::RedisStream,
    queue::{Consumer, InProcessQueue, RedisQueue},
    rate_limit::{InMemoryLimiter, RedisLimiter},
};

pub(super) fn transport(config: &Config) -> anyhow::Result<(Consumer, Arc<dyn EventBus>)> {
    let Some(redis) = &config.redis else {
        return Ok((
            Consumer::InProcess(Arc::new(InProcessQueue::default())),
            Arc::new(InProcessBus::default()),
        ));
    };
    let queue = RedisQueue::new(redis.url.expose(), &redis.prefix).context("reading `redis.url`")?;
    let bus = RedisBus::start(redis.url.expose(), &redis.prefix).context("reading `redis.url`")?;
    Ok((Consumer::Redis(Arc::new(queue)), Arc::new(bus)))
}

pub(super) fn event_stream(config: &Config) -> anyhow::Result<Option<Arc<dyn EventStream>>> {
    let Some(redis) = config.redis.as_ref().filter(|_| config.events.stream) else {
        return Ok(None);
    };
    let stream = RedisStream::new(redis.url.expose(), &redis.prefix, config.events.stream_length_max);
    Ok(Some(Arc::new(stream.context("reading `redis.url`")?)))
}

pub(super) fn rate_limiter(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<dyn RateLimiter>> {
    Ok(match &config.redis {
        Some(redis) => {
            let limiter = RedisLimiter::new(redis.url.expose(), &redis.prefix, clock.clone());
            Arc::new(limiter.context("reading `redis.url`")?)
        }
        None => Arc::new(InMemoryLimiter::new(clock.clone())),
    })
}
