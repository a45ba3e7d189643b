//! Counts how often something is done, for all servers together.
//!
//! By GCRA: a key keeps one instant, at which its whole burst is there again. Taking a unit moves it on by the time
//! in which one grows back; whatever would move it further than a whole burst from now is refused.

use std::time::Duration;

use async_trait::async_trait;

/// How often something may be done: `burst` times at once, and once more each time `refill` has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub burst: u32,
    pub refill: Duration,
}

impl Quota {
    /// How long it takes until a whole burst has grown back.
    pub fn window(self) -> Duration {
        Duration::from_micros(self.window_us().unsigned_abs())
    }

    pub fn window_us(self) -> i64 {
        i64::from(self.burst).saturating_mul(self.refill_us())
    }

    /// At least one: as often as a microsecond is not worth counting.
    pub fn refill_us(self) -> i64 {
        i64::try_from(self.refill.as_micros()).unwrap_or(i64::MAX).max(1)
    }
}

/// Units that are to be taken from a key. None at all merely asks how many are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub key: String,
    pub quota: Quota,
    pub units: u32,
}

/// How a key stands afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub remaining: u32,
    /// Until the whole burst is there again.
    pub reset: Duration,
    /// Until at least one unit is; zero where one is.
    pub next: Duration,
}

impl Standing {
    /// Of a key that has all of its burst again in `backlog_us`.
    pub fn of(quota: Quota, backlog_us: i64) -> Self {
        let backlog = backlog_us.clamp(0, quota.window_us());
        let left = quota.window_us() - backlog;
        let until = |us: i64| Duration::from_micros(us.max(0).unsigned_abs());
        Self {
            remaining: u32::try_from(left / quota.refill_us()).unwrap_or(u32::MAX),
            reset: until(backlog),
            next: until(quota.refill_us() - left),
        }
    }
}

/// What became of charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Of each charge, in the same order.
    pub standings: Vec<Standing>,
    /// When it may work, where anything was not to be had: then nothing at all was taken.
    pub retry_after: Option<Duration>,
}

/// Counts. What cannot be reached is counted otherwise, never refused and never let pass: it has no error.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Takes all of it, or nothing.
    async fn take(&self, charges: &[Charge]) -> Taken;

    /// Gives keys their whole bursts back.
    async fn forget(&self, keys: &[String]);
}
