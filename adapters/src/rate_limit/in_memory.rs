//! What one process counts by itself.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use vitrine_commerce::ports::{
    Clock, RateLimiter,
    rate_limit::{Charge, Standing, Taken},
};

/// How many keys are kept: some 15 MiB.
const KEYS_MAX: usize = 100_000;

/// Less than this part of a burst is hardly used.
const HARDLY: i64 = 4;

/// By key, when its whole burst is there again, in microseconds since 1970. A key that is not here has it.
pub struct InMemoryLimiter {
    clock: Arc<dyn Clock>,
    keys_max: usize,
    full_at: Mutex<HashMap<String, i64>>,
}

impl InMemoryLimiter {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::keeping(clock, KEYS_MAX)
    }

    /// As [`new`](Self::new), with room for fewer keys.
    pub fn keeping(clock: Arc<dyn Clock>, keys_max: usize) -> Self {
        Self {
            clock,
            keys_max: keys_max.max(1),
            full_at: Mutex::default(),
        }
    }

    /// Goes on from how others have counted: where keys stand after `charges`. What is hardly used is as good as whole,
    /// and takes no room.
    pub(super) fn learn(&self, charges: &[Charge], standings: &[Standing]) {
        let now = self.clock.now().timestamp_micros();
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        for (charge, standing) in charges.iter().zip(standings) {
            let reset_us = i64::try_from(standing.reset.as_micros()).unwrap_or(i64::MAX);
            match reset_us >= charge.quota.window_us() / HARDLY {
                true => full_at.insert(charge.key.clone(), now.saturating_add(reset_us)),
                false => full_at.remove(&charge.key),
            };
        }
        if full_at.len() > self.keys_max {
            forget_the_fullest(&mut full_at, now, self.keys_max);
        }
    }

    /// How many units of what was taken have not grown back.
    pub(super) fn used(&self, charge: &Charge) -> u32 {
        let now = self.clock.now().timestamp_micros();
        let full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let backlog = full_at.get(&charge.key).map_or(0, |at| (at - now).max(0));
        u32::try_from(backlog / charge.quota.refill_us().max(1)).unwrap_or(u32::MAX)
    }

    /// How many keys it keeps.
    pub fn keys(&self) -> usize {
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

#[async_trait]
impl RateLimiter for InMemoryLimiter {
    async fn take(&self, charges: &[Charge]) -> Taken {
        let now = self.clock.now().timestamp_micros();
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        // What is left of them, before and after.
        let mut backlogs = Vec::with_capacity(charges.len());
        let mut over_us = 0;
        for Charge { key, quota, units } in charges {
            // More than a burst cannot be owed: a clock was set back, or the quota was larger, and it begins anew.
            let backlog = full_at.get(key).map_or(0, |at| at - now);
            let backlog = if backlog > quota.window_us() { 0 } else { backlog.max(0) };
            let after = backlog.saturating_add(i64::from(*units).saturating_mul(quota.refill_us()));
            over_us = over_us.max(after - quota.window_us());
            backlogs.push((backlog, after));
        }
        let refused = over_us > 0;
        for (Charge { key, units, .. }, (_, after)) in charges.iter().zip(&backlogs) {
            if !refused && *units > 0 {
                full_at.insert(key.clone(), now.saturating_add(*after));
            }
        }
        if full_at.len() > self.keys_max {
            forget_the_fullest(&mut full_at, now, self.keys_max);
        }
        let standings = charges
            .iter()
            .zip(&backlogs)
            .map(|(charge, (before, after))| Standing::of(charge.quota, if refused { *before } else { *after }));
        Taken {
            standings: standings.collect(),
            retry_after: refused.then(|| Duration::from_micros(over_us.unsigned_abs())),
        }
    }

    async fn forget(&self, keys: &[String]) {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            full_at.remove(key);
        }
    }
}

/// Forgets the keys that have their whole burst, and of the others those that soon will, until half of the room
/// is free: so that it is seldom done.
fn forget_the_fullest(full_at: &mut HashMap<String, i64>, now: i64, keys_max: usize) {
    full_at.retain(|_, at| *at > now);
    let Some(excess) = full_at.len().checked_sub(keys_max / 2).filter(|excess| *excess > 0) else {
        return;
    };
    let mut instants: Vec<i64> = full_at.values().copied().collect();
    let (_, bound, _) = instants.select_nth_unstable(excess - 1);
    let bound = *bound;
    full_at.retain(|_, at| *at > bound);
}
