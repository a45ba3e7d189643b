//! A claim of a job, until it is finished or runs out.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, Value};
use vitrine_entity::{ids::OutboxId, outbox};

use crate::{Context, Fault, Result, Shop, Tx, sql};

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
    let values = [id.into(), (now + RUN_LEASE).into(), now.into()];
    Ok(change(shop, sql, &values).await?.pop())
}

/// Changes rows by a statement that stands alone; on SQLite in its turn.
async fn change(shop: &Shop, sql: &str, values: &[Value]) -> Result<Vec<outbox::Model>> {
    if !takes_turns(shop) {
        return Ok(sql::all(&shop.db, sql, values.to_vec()).await?);
    }
    let context = Context::system(shop, "outbox");
    let changed = shop.transact_briefly(&context, |tx| async move {
        Ok(sql::all(tx.db(), sql, values.to_vec()).await?)
    });
    changed.await
}

/// Whether a statement that writes has to wait for its turn.
fn takes_turns(shop: &Shop) -> bool {
    shop.db.get_database_backend() == DatabaseBackend::Sqlite
}

/// The most jobs that are taken along with one, and the most products that each of them may name: what names more is
/// work enough by itself.
const ALONG_MAX: u32 = 64;
const PRODUCTS_MAX: u32 = 8;

/// Claims further jobs that have products indexed and wait in the queue, for whoever is about to index some: the work
/// is much the same for one product and for fifty. What did not come back from an attempt is tried by itself.
pub(crate) async fn claim_to_index(shop: &Shop) -> Result<Vec<outbox::Model>> {
    let (length, skip_locked) = match shop.db.get_database_backend() {
        DatabaseBackend::Postgres => ("jsonb_array_length(job->'products')", "for update skip locked"),
        _ => ("json_array_length(job, '$.products')", ""),
    };
    let sql = format!(
        "update outbox set state = 'RUNNING', fence = fence + 1, attempts = attempts + 1, lease_until = $1 \
         where state = 'HANDED_OVER' and id in (select id from outbox where state = 'HANDED_OVER' \
         and queue = 'SEARCH' and job->>'job' = 'index_products.v1' and {length} <= {PRODUCTS_MAX} \
         and attempts = 0 order by id limit {ALONG_MAX} {skip_locked}) returning *"
    );
    change(shop, &sql, &[(shop.now() + RUN_LEASE).into()]).await
}

/// Returns jobs to the relay that were taken along, and could not be done with the one that took them. It does not count
/// as an attempt that has failed, but is remembered: they are not taken along again.
pub(crate) async fn give_up(shop: &Shop, leases: &[Lease], pause: TimeDelta) -> Result<()> {
    let sql = "update outbox set state = 'READY', run_at = $3, lease_until = null \
               where id = $1 and fence = $2 and state = 'RUNNING'";
    for lease in leases {
        let values = [lease.id.into(), lease.fence.into(), (shop.now() + pause).into()];
        shop.execute(sql, values).await?;
    }
    Ok(())
}

/// Marks those of `leases` done, in the transaction of their effects, that no other worker has taken over: it will do
/// them once more.
pub(crate) async fn finish_ours(tx: &Tx, leases: &[Lease]) -> Result<()> {
    let mut by_fence: BTreeMap<i64, Vec<OutboxId>> = BTreeMap::new();
    for lease in leases {
        by_fence.entry(lease.fence).or_default().push(lease.id);
    }
    // Mostly all are claimed for the first time, and it is one statement.
    let sql = format!(
        "update outbox set state = 'DONE', finished_at = $2, lease_until = null, last_error = null \
         where fence = $1 and state = 'RUNNING' and id {}",
        sql::among_parameter::<OutboxId>(tx.db(), 3)
    );
    for (fence, ids) in by_fence {
        let values = [fence.into(), tx.shop().now().into(), sql::list(tx.db(), ids)];
        sql::execute(tx.db(), &sql, values).await?;
    }
    Ok(())
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
        if !takes_turns(shop) {
            return self.finish_on(shop, &shop.db).await;
        }
        let context = Context::system(shop, self.id.to_string());
        shop.transact_briefly(&context, |tx| async move { self.finish(&tx).await })
            .await
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
