//! What all servers of a shop count together, in Redis. While Redis is away or slow, each counts by itself, from where
//! it last knew all of them to be; what was taken meanwhile is counted in Redis once that answers.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ::redis::{
    Client, RedisError, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use async_trait::async_trait;
use futures::future::{join, join_all};
use tokio::time::{Instant, error::Elapsed, timeout};
use vitrine_commerce::ports::{
    Clock, RateLimiter,
    rate_limit::{Charge, Standing, Taken},
};

use super::InMemoryLimiter;

/// How long an answer of the shop waits for Redis.
const TIMEOUT: Duration = Duration::from_millis(50);

/// How long nobody asks after it has failed, so that not every answer waits for it.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Of how many keys it is remembered what Redis has not counted.
const OWED_MAX: usize = 10_000;

/// How many of them are brought to it at once.
const OWED_AT_ONCE: usize = 200;

/// One script for many keys; Redis keeps a key until its burst is whole again.
pub struct RedisLimiter {
    counter: Counter,
    local: InMemoryLimiter,
    owed: Arc<Mutex<Owed>>,
    failed_at: Mutex<Option<Instant>>,
    is_away: AtomicBool,
}

/// What was taken here alone, by key.
type Owed = HashMap<String, Charge>;

/// Counts in Redis. Cloning it shares it.
#[derive(Clone)]
struct Counter {
    connection: ConnectionManager,
    prefix: String,
    script: Script,
}

/// Why nothing is known of what Redis counts.
enum Silence {
    /// It may have counted, and answers too late.
    Late(Elapsed),
    /// It has not counted.
    Failed(Box<dyn std::error::Error + Send + Sync>),
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
            counter: Counter {
                connection: ConnectionManager::new_lazy_with_config(client, config)?,
                prefix: format!("{prefix}:limit:"),
                script: Script::new(include_str!("take.lua")),
            },
            owed: Arc::default(),
            local: InMemoryLimiter::new(clock),
            failed_at: Mutex::default(),
            is_away: AtomicBool::new(false),
        })
    }

    async fn try_take(&self, charges: &[Charge]) -> Result<Taken, Silence> {
        match timeout(TIMEOUT, self.counter.take(charges)).await {
            Ok(taken) => taken.map_err(Silence::Failed),
            Err(elapsed) => Err(Silence::Late(elapsed)),
        }
    }

    /// Counts here, from where all servers were known to be. Where Redis `counts` it, too, it is not owed.
    async fn take_here(&self, charges: &[Charge], counts: bool) -> Taken {
        let taken = self.local.take(charges).await;
        if taken.retry_after.is_none() && !counts {
            let some = charges.iter().filter(|charge| charge.units > 0);
            owe(&self.owed, some.cloned());
        }
        taken
    }

    /// What of it has not grown back since.
    fn still_used(&self, owed: impl IntoIterator<Item = Charge>) -> Vec<Charge> {
        let owed = owed.into_iter().map(|charge| Charge {
            units: charge.units.min(self.local.used(&charge)),
            ..charge
        });
        owed.filter(|charge| charge.units > 0).collect()
    }

    /// Has Redis count what was taken here alone of the keys of these charges.
    async fn pay_for(&self, charges: &[Charge]) {
        let owed: Vec<Charge> = {
            let mut all = lock(&self.owed);
            charges.iter().filter_map(|charge| all.remove(&charge.key)).collect()
        };
        let owed = self.still_used(owed);
        if owed.is_empty() {
            return;
        }
        let taking = join_all(
            owed.iter()
                .map(|charge| self.counter.take(std::slice::from_ref(charge))),
        );
        let paid = timeout(TIMEOUT, taking).await;
        if !paid.is_ok_and(|outcomes| outcomes.iter().all(Result::is_ok)) {
            owe(&self.owed, owed);
        }
    }

    /// Has Redis count what was taken here alone of all other keys, without anybody waiting for it.
    fn pay(&self) {
        let owed = std::mem::take(&mut *lock(&self.owed));
        let mut owed = self.still_used(owed.into_values());
        if owed.is_empty() {
            return;
        }
        let (counter, still_owed) = (self.counter.clone(), Arc::clone(&self.owed));
        tokio::spawn(async move {
            while !owed.is_empty() {
                let some = owed.split_off(owed.len().saturating_sub(OWED_AT_ONCE));
                // One by one: what is too much for one key is none of the others'.
                let taking = join_all(some.iter().map(|charge| counter.take(std::slice::from_ref(charge))));
                if let Ok(outcomes) = timeout(PAUSE_AFTER_FAILURE, taking).await
                    && outcomes.iter().all(Result::is_ok)
                {
                    continue;
                }
                owe(&still_owed, some.into_iter().chain(owed));
                return;
            }
        });
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

    fn answered(&self, charges: &[Charge], taken: &Taken) {
        // Before it is learnt how they stand without this.
        self.pay();
        self.local.learn(charges, &taken.standings);
        if self.is_away.swap(false, Ordering::Relaxed) {
            tracing::info!("limits are counted by all servers together again");
        }
    }
}

/// Remembers what Redis has yet to count; of too many keys, not of all.
fn owe(owed: &Mutex<Owed>, charges: impl IntoIterator<Item = Charge>) {
    let mut owed = lock(owed);
    for charge in charges {
        let keys = owed.len();
        match owed.get_mut(&charge.key) {
            Some(before) => before.units = before.units.saturating_add(charge.units),
            None if keys < OWED_MAX => {
                owed.insert(charge.key.clone(), charge);
            }
            None => {}
        }
    }
}

fn lock(owed: &Mutex<Owed>) -> MutexGuard<'_, Owed> {
    owed.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Counter {
    async fn take(&self, charges: &[Charge]) -> Result<Taken, Box<dyn std::error::Error + Send + Sync>> {
        let mut connection = self.connection.clone();
        let mut invocation = self.script.prepare_invoke();
        for Charge { key, quota, units } in charges {
            invocation.key(format!("{}{key}", self.prefix));
            invocation.arg(quota.burst).arg(quota.refill_us()).arg(*units);
        }
        let answer: Vec<i64> = invocation.invoke_async(&mut connection).await?;
        let (over_us, backlogs) = answer.split_first().ok_or("the script answered nothing")?;
        let standings = charges.iter().zip(backlogs);
        let standings = standings.map(|(charge, backlog)| Standing::of(charge.quota, *backlog));
        Ok(Taken {
            standings: standings.collect(),
            retry_after: (*over_us > 0).then(|| Duration::from_micros(over_us.unsigned_abs())),
        })
    }
}

#[async_trait]
impl RateLimiter for RedisLimiter {
    async fn take(&self, charges: &[Charge]) -> Taken {
        if self.has_just_failed() {
            return self.take_here(charges, false).await;
        }
        // One connection's commands are done in the order in which they are sent: what is owed counts first.
        let ((), taken) = join(self.pay_for(charges), self.try_take(charges)).await;
        match taken {
            Ok(taken) => {
                self.answered(charges, &taken);
                taken
            }
            Err(Silence::Failed(error)) => {
                self.failed(&*error);
                self.take_here(charges, false).await
            }
            Err(Silence::Late(elapsed)) => {
                self.failed(&elapsed);
                self.take_here(charges, true).await
            }
        }
    }

    async fn forget(&self, keys: &[String]) {
        lock(&self.owed).retain(|key, _| !keys.contains(key));
        self.local.forget(keys).await;
        if keys.is_empty() || self.has_just_failed() {
            return;
        }
        let mut connection = self.counter.connection.clone();
        let mut command = ::redis::cmd("DEL");
        for key in keys {
            command.arg(format!("{}{key}", self.counter.prefix));
        }
        match timeout(TIMEOUT, command.exec_async(&mut connection)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.failed(&error),
            Err(elapsed) => self.failed(&elapsed),
        }
    }
}
