//! A claim of a job, until it is finished or runs out.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use vitrine_entity::{ids::OutboxId, outbox};

use crate::{Fault, Result, Shop, Tx, sql};

/// How long a job may run. Longer than a look-up and a call that moves money take together, and than a
/// worker lets a job run.
pub(crate) const RUN_LEASE: TimeDelta = TimeDelta::seconds(90);

/// A job that this process may run, until its lease ends.
#[derive(Debug)]
pub struct Lease {
    pub id: OutboxId,
    pub(crate) fence: i64,
    /// The attempt that this is, from 1.
    pub attempt: i32,
    /// When the job was made.
    pub created_at: DateTime<Utc>,
}

impl From<&outbox::Model> for Lease {
    fn from(row: &outbox::Model) -> Self {
        Self {
            id: row.id,
            fence: row.fence,
            attempt: row.attempts,
            created_at: row.created_at,
        }
    }
}

/// Claims the job `id`, if it is due and nobody else has it. What was handed over was due: the clock of
/// whoever handed it over counts, not this machine's.
pub(crate) async fn claim(shop: &Shop, id: OutboxId) -> Result<Option<outbox::Model>> {
    let now = shop.now();
    let sql = "update outbox set state = 'RUNNING', fence = fence + 1, attempts = attempts + 1, lease_until = $2 \
               where id = $1 and (state = 'HANDED_OVER' or (state = 'READY' and run_at <= $3)) returning *";
    Ok(sql::one(&shop.db, sql, [id.into(), (now + RUN_LEASE).into(), now.into()]).await?)
}

impl Lease {
    /// Marks the job done in the transaction of its effects.
    ///
    /// # Errors
    /// [`Fault::LeaseLost`] when another worker has taken over; the transaction must not commit.
    pub async fn finish(&self, tx: &Tx) -> Result<()> {
        self.finish_on(tx.shop(), tx.db()).await
    }

    /// Marks a job done whose effects are not in the database.
    pub async fn finish_alone(&self, shop: &Shop) -> Result<()> {
        self.finish_on(shop, &shop.db).await
    }

    async fn finish_on(&self, shop: &Shop, db: &impl ConnectionTrait) -> Result<()> {
        let sql = "update outbox set state = 'DONE', finished_at = $3, lease_until = null, last_error = null \
                   where id = $1 and fence = $2 and state = 'RUNNING'";
        match sql::execute(db, sql, [self.id.into(), self.fence.into(), shop.now().into()]).await? {
            1 => Ok(()),
            _ => Err(Fault::LeaseLost.into()),
        }
    }
}
