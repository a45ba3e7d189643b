//! What all servers of a shop count together, in Redis. While Redis is away or slow, each counts by itself.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ::redis::{
    Client, RedisError, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use async_trait::async_trait;
use tokio::time::{Instant, timeout};
use vitrine_commerce::ports::{
    Clock, RateLimiter,
    rate_limit::{Charge, Standing, Taken},
};

use super::InMemoryLimiter;

/// How long an answer of the shop waits for Redis.
const TIMEOUT: Duration = Duration::from_millis(50);

/// How long nobody asks after it has failed, so that not every answer waits for it.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// One script for many keys; Redis keeps a key until its burst is whole again.
pub struct RedisLimiter {
    connection: ConnectionManager,
    prefix: String,
    script: Script,
    local: InMemoryLimiter,
    failed_at: Mutex<Option<Instant>>,
    is_away: AtomicBool,
}

impl RedisLimiter {
    /// Does not connect yet: a shop opens while its Redis is down.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn new(url: &str, prefix: &str, clock: Arc<dyn Clock>) -> Result<Self, RedisError> {
        let client = Client::open(url)?;
        // What is asked is bounded here, by more: one slow answer must not cost the connection.
        let config = ConnectionManagerConfig::new()
            .set_response_timeout(Some(PAUSE_AFTER_FAILURE))
            .set_connection_timeout(Some(PAUSE_AFTER_FAILURE))
            .set_number_of_retries(1);
        Ok(Self {
            connection: ConnectionManager::new_lazy_with_config(client, config)?,
            prefix: format!("{prefix}:limit:"),
            script: Script::new(include_str!("take.lua")),
            local: InMemoryLimiter::new(clock),
            failed_at: Mutex::default(),
            is_away: AtomicBool::new(false),
        })
    }

    async fn try_take(&self, charges: &[Charge]) -> Result<Taken, Box<dyn std::error::Error + Send + Sync>> {
        let mut connection = self.connection.clone();
        let mut invocation = self.script.prepare_invoke();
        for Charge { key, quota, units } in charges {
            invocation.key(format!("{}{key}", self.prefix));
            invocation.arg(quota.burst).arg(quota.refill_us()).arg(*units);
        }
        let answer: Vec<i64> = timeout(TIMEOUT, invocation.invoke_async(&mut connection)).await??;
        let (over_us, backlogs) = answer.split_first().ok_or("the script answered nothing")?;
        let standings = charges.iter().zip(backlogs);
        let standings = standings.map(|(charge, backlog)| Standing::of(charge.quota, *backlog));
        Ok(Taken {
            standings: standings.collect(),
            retry_after: (*over_us > 0).then(|| Duration::from_micros(over_us.unsigned_abs())),
        })
    }

    fn has_just_failed(&self) -> bool {
        let failed_at = *self.failed_at.lock().unwrap_or_else(PoisonError::into_inner);
        failed_at.is_some_and(|failed_at| failed_at.elapsed() < PAUSE_AFTER_FAILURE)
    }

    fn failed(&self, error: &(dyn std::error::Error + 'static)) {
        *self.failed_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        if !self.is_away.swap(true, Ordering::Relaxed) {
            tracing::warn!(error, "limits are counted by each server alone: Redis does not answer");
        }
    }

    fn answered(&self) {
        if self.is_away.swap(false, Ordering::Relaxed) {
            tracing::info!("limits are counted by all servers together again");
        }
    }
}

#[async_trait]
impl RateLimiter for RedisLimiter {
    async fn take(&self, charges: &[Charge]) -> Taken {
        if self.has_just_failed() {
            return self.local.take(charges).await;
        }
        match self.try_take(charges).await {
            Ok(taken) => {
                self.answered();
                taken
            }
            Err(error) => {
                self.failed(&*error);
                self.local.take(charges).await
            }
        }
    }

    async fn forget(&self, keys: &[String]) {
        self.local.forget(keys).await;
        if keys.is_empty() || self.has_just_failed() {
            return;
        }
        let mut connection = self.connection.clone();
        let mut command = ::redis::cmd("DEL");
        for key in keys {
            command.arg(format!("{}{key}", self.prefix));
        }
        match timeout(TIMEOUT, command.exec_async(&mut connection)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.failed(&error),
            Err(elapsed) => self.failed(&elapsed),
        }
    }
}
