//! What became of a transaction to whose COMMIT no answer came.

use std::time::Duration;

use sea_orm::{ColumnTrait, DatabaseBackend, EntityTrait, PaginatorTrait, QueryFilter};
use tokio::time::Instant;
use vitrine_entity::{ids::OutboxId, outbox};

use super::Inner;
use crate::{Error, Fault, Result, Shop, repeats::Mark, write_turns::taken_back};

/// For how long it is looked for, and how often.
const LOOKED_FOR: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(100);

/// By what a transaction is known to have been committed.
pub(super) struct Evidence {
    /// Says whether it was, either way: whoever looks for it waits until it is decided.
    mark: Option<Mark>,
    /// One of the jobs that it wrote: found, it was; not found, it may yet be.
    job: Option<OutboxId>,
}

impl Evidence {
    pub(super) fn of(mark: Option<Mark>, inner: &Inner) -> Self {
        let after = inner.after_commit.lock();
        let job = after.unwrap_or_else(std::sync::PoisonError::into_inner).witness;
        Self { mark, job }
    }

    /// Returns where it was committed after all.
    ///
    /// # Errors
    /// Where it was not, one after which it may be done again; else `error`.
    pub(super) async fn settle(&self, shop: &Shop, error: Error) -> Result<()> {
        // What SQLite's disk has refused may be seen here and be gone after a loss of power.
        let can_be_told = shop.db.get_database_backend() == DatabaseBackend::Postgres;
        if !error.is_outcome_unknown() || !can_be_told {
            return Err(error);
        }
        let began = Instant::now();
        while began.elapsed() < LOOKED_FOR {
            match self.look(shop).await {
                Ok(Some(true)) => return Ok(()),
                Ok(Some(false)) => return Err(Fault::Database(taken_back()).into()),
                Ok(None) if self.job.is_none() => return Err(error),
                Ok(None) => {}
                Err(away) => tracing::debug!(
                    error = &away as &dyn std::error::Error,
                    "a COMMIT's outcome is looked up again"
                ),
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(error)
    }

    /// `None` where it is not known yet, or never will be.
    async fn look(&self, shop: &Shop) -> Result<Option<bool>> {
        if let Some(mark) = &self.mark
            && let Some(is_written) = mark.is_written(shop).await?
        {
            return Ok(Some(is_written));
        }
        let Some(job) = self.job else { return Ok(None) };
        let found = outbox::Entity::find()
            .filter(outbox::Column::Id.eq(job))
            .count(&shop.db)
            .await?;
        Ok((found > 0).then_some(true))
    }
}
