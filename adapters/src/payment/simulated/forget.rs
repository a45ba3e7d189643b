//! The provider's own memory has an end, too.

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::ProviderError;

use super::{SimulatedProvider, delivery::ATTEMPTS_MAX};

/// How long webhooks and requests are kept that are over.
const KEPT: TimeDelta = TimeDelta::days(30);

/// How many rows of each are deleted by one statement, and how many statements there are at once.
const BATCH: i64 = 1_000;
const BATCHES_MAX: usize = 100;

impl SimulatedProvider {
    /// Deletes webhooks that were taken or given up, and requests whose keys it has forgotten, once
    /// they are old. Gives how many.
    pub async fn forget(&self) -> Result<u64, ProviderError> {
        let webhooks = format!(
            "delete from simulated_webhook where id in (select id from simulated_webhook \
             where deliver_at < $1 and (delivered_at < $1 or attempts >= {ATTEMPTS_MAX}) limit $2)"
        );
        let requests = "delete from simulated_request where idempotency_key in \
                        (select idempotency_key from simulated_request where created_at < $1 limit $2)";
        let key_lasts = TimeDelta::hours(self.settings.key_hours.into());
        Ok(self.delete(&webhooks, KEPT).await? + self.delete(requests, KEPT.max(key_lasts)).await?)
    }

    async fn delete(&self, sql: &str, age: TimeDelta) -> Result<u64, ProviderError> {
        let mut deleted = 0;
        for _ in 0..BATCHES_MAX {
            let values = [(self.clock.now() - age).into(), BATCH.into()];
            let in_batch = self.execute(sql, values).await?;
            deleted += in_batch;
            if in_batch < BATCH as u64 {
                break;
            }
        }
        Ok(deleted)
    }
}
