//! What becomes of a job that did not finish: again after a pause, or buried until staff look.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, Value};
use vitrine_entity::{ids::OrderId, order, outbox};

use crate::{
    Context, Error, Fault, Result, Shop, Tx,
    error::causes,
    jobs::{Job, JobError},
    metrics,
    orders::{Alert, alert, transition},
    outbox::Lease,
    sql,
};

/// Attempts before a job is buried: with the pauses below, about two and a half hours.
pub(super) const ATTEMPTS_MAX: i32 = 16;

/// The longest pause between two attempts.
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(30);

/// The pause after the database could write nothing: it is not the job that failed.
const STORAGE_PAUSE: TimeDelta = TimeDelta::seconds(15);

/// Where the row goes.
struct Verdict {
    state: &'static str,
    run_at: DateTime<Utc>,
    attempts: i32,
    error: Option<String>,
}

impl Verdict {
    /// As it is counted.
    fn outcome(&self, error: &JobError) -> &'static str {
        match error {
            _ if self.state == "BURIED" => "buried",
            JobError::Defer(_) => "deferred",
            JobError::Outage { .. } => "outage",
            JobError::Retry(_) | JobError::Bury(_) => "retried",
        }
    }
}

/// Writes down what the job met. `None` is a job that nobody can read.
pub(super) async fn record_failure(
    shop: &Shop,
    context: &Context,
    row: &outbox::Model,
    job: Option<&Job>,
    error: JobError,
) -> Result<()> {
    let lease = &Lease::from(row);
    let name = job.map_or("unreadable", Job::name);
    let Some(verdict) = &judge(shop, lease, name, &error) else {
        return Ok(());
    };
    metrics::job(row.queue, name, verdict.outcome(&error));
    if verdict.state != "BURIED" {
        return write_alone(shop, lease, verdict).await;
    }
    let buried = shop.transact(context, |tx| async move {
        let is_ours = write(shop, lease, verdict, tx.db()).await?;
        if let (true, Some(order), Some(job)) = (is_ours, row.order_id, job) {
            tell_staff(&tx, order, job).await?;
        }
        Ok(())
    });
    match buried.await {
        // What is broken may be the very order: its job must not run for ever because of that.
        Err(error) if !error.is_transient() => {
            tracing::error!(id = %lease.id, error = &error as &dyn std::error::Error,
                "the order's timeline cannot say that a job of it is buried");
            write_alone(shop, lease, verdict).await
        }
        outcome => outcome,
    }
}

/// Chosen by the error; `None` where another worker has the job.
fn judge(shop: &Shop, lease: &Lease, job: &'static str, error: &JobError) -> Option<Verdict> {
    let now = shop.now();
    let verdict = |state, pause, attempts, error: Option<&Error>| Verdict {
        state,
        run_at: now + pause,
        attempts,
        error: error.map(|error| causes(error)),
    };
    Some(match error {
        JobError::Retry(Error::Fault(Fault::LeaseLost)) => {
            tracing::warn!(job, id = %lease.id, "the lease was lost: the late result is dropped");
            return None;
        }
        JobError::Defer(pause) => verdict("READY", *pause, lease.attempt - 1, None),
        JobError::Outage { error, pause } => {
            tracing::warn!(job, id = %lease.id, pause_s = pause.num_seconds(),
                error = error as &dyn std::error::Error, "what the job needs is away: it will be tried again");
            verdict("READY", *pause, lease.attempt - 1, Some(error))
        }
        JobError::Retry(error) if error.storage_failure().is_some() => {
            tracing::warn!(job, id = %lease.id, pause_s = STORAGE_PAUSE.num_seconds(),
                error = error as &dyn std::error::Error, "the database cannot write: the job will be tried again");
            verdict("READY", STORAGE_PAUSE, lease.attempt - 1, Some(error))
        }
        JobError::Retry(error) if lease.attempt < ATTEMPTS_MAX => {
            let pause = pause_after(shop, lease.attempt);
            tracing::warn!(job, id = %lease.id, attempt = lease.attempt, pause_s = pause.num_seconds(),
                error = error as &dyn std::error::Error, "the job failed and will be tried again");
            verdict("READY", pause, lease.attempt, Some(error))
        }
        JobError::Retry(error) | JobError::Bury(error) => {
            tracing::error!(job, id = %lease.id, attempt = lease.attempt,
                error = error as &dyn std::error::Error, "the job is buried: staff must look at it");
            verdict("BURIED", TimeDelta::zero(), lease.attempt, Some(error))
        }
    })
}

/// Writes it down by itself. Nothing comes of it where another worker has taken the job over.
async fn write_alone(shop: &Shop, lease: &Lease, verdict: &Verdict) -> Result<()> {
    let written = shop.alone(|| write(shop, lease, verdict, shop.writer())).await;
    written.map(drop)
}

/// Gives `false` when another worker has taken the job over.
async fn write(shop: &Shop, lease: &Lease, verdict: &Verdict, db: &impl ConnectionTrait) -> Result<bool> {
    let sql = "update outbox set state = $3, run_at = $4, scheduled_at = $5, attempts = $6, \
               last_error = coalesce($7, last_error), lease_until = null \
               where id = $1 and fence = $2 and state = 'RUNNING'";
    let values: [Value; 7] = [
        lease.id.into(),
        lease.fence.into(),
        verdict.state.into(),
        verdict.run_at.into(),
        shop.now().into(),
        verdict.attempts.into(),
        verdict.error.clone().into(),
    ];
    Ok(sql::execute(db, sql, values).await? == 1)
}

/// Doubles from one second, with up to a quarter of jitter so that a crowd spreads out.
fn pause_after(shop: &Shop, attempt: i32) -> TimeDelta {
    let mut jitter = [0u8; 1];
    shop.ids.fill(&mut jitter);
    let base_ms = 1000i64 << (attempt - 1).clamp(0, 20);
    let pause_ms = base_ms.min(PAUSE_MAX.num_milliseconds());
    TimeDelta::milliseconds(pause_ms + pause_ms * i64::from(jitter[0]) / 1024)
}

/// Says in the timeline of the order that the job was about that it goes on no more; once for each
/// kind of job, however often it is buried.
async fn tell_staff(tx: &Tx, order: OrderId, job: &Job) -> Result<()> {
    // Locking an order that is not there would refuse, and the job could not be buried.
    if order::Entity::find_by_id(order).one(tx.db()).await?.is_none() {
        return Ok(());
    }
    let order = transition::lock(tx, order).await?;
    let job = job.name().to_owned();
    alert(tx, order, &Alert::JobBuried { job }).await?;
    Ok(())
}
