//! What must be done, written in the transaction that made it so.
//!
//! A row goes `READY → HANDED_OVER → RUNNING → DONE`, or is buried. A fresh row that is due at
//! once is written as handed over, with a short lease, because whoever commits hands it over the
//! next moment; if they die first, the lease runs out and [`sweep`] returns the row to the relay.
//! Every claim raises the row's `fence`: whoever finishes names the fence of their claim, so that
//! a worker that was frozen past its lease cannot finish what another has taken over.

mod failure;
mod hand_over;
mod hasten;
mod list;
mod reconcile;
mod revive;

use failure::record_failure;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, FromQueryResult, Statement, Value};
use tracing::Instrument;
use vitrine_entity::{
    ids::OutboxId,
    outbox::{self, OutboxState, Queue},
};

pub use self::{
    hand_over::{give_back, queues_due, sweep, take_due},
    list::{JobCount, JobFilter, Kind, counts, list},
    reconcile::{reconcile, reconcile_now},
    revive::{ReviveAll, revive, revive_all},
};
use crate::{
    Context, Error, Fault, Result, Shop, Tx,
    jobs::{self, Job, JobError},
};
pub(crate) use hasten::hasten;

/// Every queue.
pub const QUEUES: [Queue; 4] = [Queue::Payment, Queue::Stock, Queue::Mail, Queue::Search];

/// How long a row that was handed over may wait for a worker before it is handed over again.
const HAND_OVER_LEASE: TimeDelta = TimeDelta::seconds(30);

/// How long a job may run. Longer than a look-up and a call that moves money take together
/// (`payments/call.rs`), and than a worker lets a job run.
pub(crate) const RUN_LEASE: TimeDelta = TimeDelta::seconds(90);

/// Attempts before a job is buried: with the pauses below, about two and a half hours.
const ATTEMPTS_MAX: i32 = 16;

/// How long a job that this version cannot read is left to a newer one, which may stand beside it while
/// the shop is upgraded, and how long this one looks elsewhere meanwhile.
const UPGRADE_MAX: TimeDelta = TimeDelta::hours(24);
const UPGRADE_PAUSE: TimeDelta = TimeDelta::seconds(20);

/// How far the clocks of our machines may be apart. What lies further in the future than anything
/// of ours does by more than this was written by a clock that ran ahead, and does not bind.
pub(crate) const CLOCKS_APART_MAX: TimeDelta = TimeDelta::minutes(10);

/// A job that this process may run, until its lease ends.
#[derive(Debug)]
pub struct Lease {
    pub id: OutboxId,
    fence: i64,
    /// The attempt that this is, from 1.
    pub attempt: i32,
    /// When the job was made.
    pub created_at: DateTime<Utc>,
}

/// The row of a job that is not yet written.
pub(crate) fn row(shop: &Shop, context: &Context, job: &Job, delay: Option<TimeDelta>) -> outbox::ActiveModel {
    let now = shop.now();
    outbox::ActiveModel {
        id: Set(OutboxId(shop.ids.at(now))),
        queue: Set(job.queue()),
        job: Set(serde_json::to_value(job).expect("a job is ids and serializes")),
        state: Set(if delay.is_none() {
            OutboxState::HandedOver
        } else {
            OutboxState::Ready
        }),
        run_at: Set(now + delay.unwrap_or_default()),
        lease_until: Set(delay.is_none().then_some(now + HAND_OVER_LEASE)),
        fence: Set(0),
        attempts: Set(0),
        last_error: Set(None),
        correlation_id: Set(context.correlation_id.clone()),
        traceparent: Set(context.traceparent.clone()),
        created_at: Set(now),
        finished_at: Set(None),
        subject: Set(job.subject()),
        scheduled_at: Set(Some(now)),
    }
}

/// Runs the job `id` if it is due and nobody else has it; a second delivery does nothing.
///
/// # Errors
/// Only when the database fails: what the job itself meets is written to its row.
pub async fn run(shop: &Shop, id: OutboxId) -> Result<()> {
    let Some(row) = claim(shop, id).await? else {
        return Ok(());
    };
    // The ids of the request that made the job: its trace goes on here, and into the adapters.
    let span = tracing::info_span!(
        "run",
        correlation_id = row.correlation_id,
        traceparent = row.traceparent,
        job = row.job["job"].as_str()
    );
    run_claimed(shop, row).instrument(span).await
}

async fn run_claimed(shop: &Shop, row: outbox::Model) -> Result<()> {
    let lease = Lease {
        id: row.id,
        fence: row.fence,
        attempt: row.attempts,
        created_at: row.created_at,
    };
    let context = Context {
        traceparent: row.traceparent.clone(),
        ..Context::system(shop, row.correlation_id.clone())
    };
    let job: Job = match serde_json::from_value(row.job.clone()) {
        Ok(job) => job,
        Err(error) => {
            let error = Error::from(Fault::other("reading a job", error));
            let error = match shop.now() - row.created_at < UPGRADE_MAX {
                true => JobError::Outage {
                    error,
                    pause: UPGRADE_PAUSE,
                },
                false => JobError::Bury(error),
            };
            return record_failure(shop, &context, &lease, None, error).await;
        }
    };
    if row.attempts > ATTEMPTS_MAX {
        // It never came back from its last attempt: it may have taken its worker with it.
        let error = Fault::Other("the job's last attempt did not return".to_owned(), None);
        return record_failure(shop, &context, &lease, Some(&job), JobError::Bury(error.into())).await;
    }
    let started = std::time::Instant::now();
    match jobs::run(shop, &context, &job, &lease).await {
        Ok(()) => {
            tracing::debug!(elapsed_ms = started.elapsed().as_millis() as u64, "job done");
            Ok(())
        }
        Err(error) => record_failure(shop, &context, &lease, Some(&job), error).await,
    }
}

/// What was handed over was due: the clock of whoever handed it over counts, not this machine's.
async fn claim(shop: &Shop, id: OutboxId) -> Result<Option<outbox::Model>> {
    let now = shop.now();
    let sql = "update outbox set state = 'RUNNING', fence = fence + 1, attempts = attempts + 1, lease_until = $2 \
               where id = $1 and (state = 'HANDED_OVER' or (state = 'READY' and run_at <= $3)) returning *";
    let statement = statement(shop, sql, [id.into(), (now + RUN_LEASE).into(), now.into()]);
    Ok(outbox::Model::find_by_statement(statement).one(&shop.db).await?)
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
        let statement = statement(shop, sql, [self.id.into(), self.fence.into(), shop.now().into()]);
        match db.execute_raw(statement).await?.rows_affected() {
            1 => Ok(()),
            _ => Err(Fault::LeaseLost.into()),
        }
    }
}

/// Deletes finished rows older than `age`, a bounded number at a time. Gives how many.
pub async fn forget_done(shop: &Shop, age: TimeDelta) -> Result<u64> {
    let sql = "delete from outbox where id in \
               (select id from outbox where state = 'DONE' and finished_at < $1 order by id limit 1000)";
    Ok(shop
        .db
        .execute_raw(statement(shop, sql, [(shop.now() - age).into()]))
        .await?
        .rows_affected())
}

fn statement<const N: usize>(shop: &Shop, sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(shop.db.get_database_backend(), sql, values)
}

#[cfg(test)]
mod tests;
