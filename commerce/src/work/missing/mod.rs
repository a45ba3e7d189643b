//! The jobs' own slow reconciler: whatever waits in the shop for a job has one.
//!
//! A job is written with what it follows from, so that one should never be missing. But it may have
//! been buried, a mistake of ours may have finished it too early, and somebody may have mended rows
//! by hand. So the rows themselves are asked, again and again, what they wait for.
//!
//! What it has made before without effect, and what lies buried, it makes again after a growing
//! pause only: staff were told, and a job that always fails must not become many.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;
use vitrine_entity::{
    ids::OrderId,
    outbox::{self, OutboxState},
};

use crate::{
    Context, Result, Shop, Tx, back_in_stock, bulk, catalog, discounts, documents, exports, fulfilment, imports,
    legacy, media, outbox::ExpectedJob, payments, ports::clock::CLOCKS_APART_MAX, returns, sql, tick, webhooks,
    withdrawals,
};

/// How often the rows are asked.
const PERIOD: TimeDelta = TimeDelta::minutes(5);

/// What was touched this lately is left alone: its job is on its way.
const QUIET: TimeDelta = TimeDelta::minutes(10);

/// How many rows are looked at in one go, and for how many of a kind a job is made in one run.
const PAGE: i64 = 200;
const PAGES_MAX: usize = 20;
const MADE_MAX: usize = 200;

/// The pause after the first job that did not help; it doubles from there.
const PAUSE_MIN: TimeDelta = TimeDelta::hours(1);
const PAUSE_MAX: TimeDelta = TimeDelta::days(3);

/// By this the jobs are known that were made here.
const CORRELATION_ID: &str = "reconcile-jobs";

/// Looks, if it is time to and no other worker does. Gives how many jobs it made or called back.
pub async fn make_missing(shop: &Shop) -> Result<usize> {
    let context = Context::system(shop, CORRELATION_ID);
    shop.transact(&context, |tx| async move {
        match tick::claim(&tx, "reconcile_jobs", PERIOD).await? {
            true => look(&tx).await,
            false => Ok(0),
        }
    })
    .await
}

/// Looks whether or not it is time to. Gives how many jobs it made or called back.
pub async fn make_missing_now(shop: &Shop) -> Result<usize> {
    let context = Context::system(shop, CORRELATION_ID);
    shop.transact(&context, |tx| async move { look(&tx).await }).await
}

async fn look(tx: &Tx) -> Result<usize> {
    let mut changed = call_back(tx).await?;
    let others = fulfilment::EXPECTED_JOBS
        .iter()
        .chain(media::import::EXPECTED_JOBS)
        .chain(bulk::EXPECTED_JOBS)
        .chain(exports::EXPECTED_JOBS)
        .chain(legacy::EXPECTED_JOBS)
        .chain(documents::EXPECTED_JOBS)
        .chain(withdrawals::EXPECTED_JOBS)
        .chain(returns::EXPECTED_JOBS)
        .chain(imports::EXPECTED_JOBS)
        .chain(discounts::batches::EXPECTED_JOBS)
        .chain(back_in_stock::EXPECTED_JOBS)
        .chain(webhooks::EXPECTED_JOBS)
        .chain(catalog::price_schedules::EXPECTED_JOBS);
    for expected in payments::EXPECTED_JOBS.iter().chain(others) {
        changed += make(tx, expected).await?;
    }
    Ok(changed)
}

/// Something that waits, and what was done for it in vain.
#[derive(FromQueryResult)]
struct Waiting {
    id: Uuid,
    order_id: Option<OrderId>,
    in_vain: i64,
    last: Option<DateTime<Utc>>,
}

async fn make(tx: &Tx, expected: &ExpectedJob) -> Result<usize> {
    let now = tx.shop().now();
    let (mut made, mut after) = (0, Uuid::nil());
    for _ in 0..PAGES_MAX {
        let rows = without_job(tx, expected, after).await?;
        for row in &rows {
            let is_due = row.last.is_none_or(|last| last + pause_after(row.in_vain) <= now);
            if is_due && made < MADE_MAX {
                let job = (expected.job)(row.id);
                tracing::warn!(job = job.name(), subject = %row.id, in_vain = row.in_vain, "{}: its job was missing and is made anew", expected.waits);
                tx.enqueue(row.order_id, job);
                made += 1;
            }
        }
        match rows.last() {
            Some(last) if rows.len() as i64 == PAGE && made < MADE_MAX => after = last.id,
            _ => break,
        }
    }
    Ok(made)
}

/// What waits and has no job that will be done by itself.
async fn without_job(tx: &Tx, expected: &ExpectedJob, after: Uuid) -> Result<Vec<Waiting>> {
    let of_it = "o.subject = waiting.id and substr(o.job->>'job', 1, $4) = $5";
    let in_vain =
        format!("{of_it} and (o.state = 'BURIED' or (o.state = 'DONE' and o.correlation_id = '{CORRELATION_ID}'))");
    let sql = format!(
        "select waiting.id as id, waiting.order_id as order_id, \
         cast((select count(*) from outbox o where {in_vain}) as bigint) as in_vain, \
         (select max(coalesce(o.finished_at, o.run_at)) from outbox o where {in_vain}) as last \
         from ({}) as waiting where waiting.id > $2 and not exists \
         (select 1 from outbox o where {of_it} and o.state in ('READY', 'HANDED_OVER', 'RUNNING')) \
         order by waiting.id limit $3",
        expected.waiting
    );
    let begins = format!("{}.", (expected.job)(Uuid::nil()).name());
    let values = [
        (tx.shop().now() - QUIET).into(),
        after.into(),
        PAGE.into(),
        (begins.len() as i32).into(),
        begins.into(),
    ];
    Ok(sql::all(tx.db(), &sql, values).await?)
}

fn pause_after(in_vain: i64) -> TimeDelta {
    match in_vain {
        0 => TimeDelta::zero(),
        times => (PAUSE_MIN * (1 << (times - 1).clamp(0, 12))).min(PAUSE_MAX),
    }
}

/// Jobs whose time was written by a clock that ran ahead wait for as long as was meant, from now on.
async fn call_back(tx: &Tx) -> Result<usize> {
    let now = tx.shop().now();
    let ahead = outbox::Entity::find()
        .filter(outbox::Column::State.eq(OutboxState::Ready))
        .filter(outbox::Column::ScheduledAt.gt(now + CLOCKS_APART_MAX))
        .limit(PAGE as u64 * PAGES_MAX as u64)
        .all(tx.db())
        .await?;
    for row in &ahead {
        let meant = row.scheduled_at.map_or(TimeDelta::zero(), |at| row.run_at - at);
        let sql = "update outbox set run_at = $2, scheduled_at = $3 where id = $1 and state = 'READY'";
        let values = [row.id.into(), (now + meant.max(TimeDelta::zero())).into(), now.into()];
        sql::execute(tx.db(), sql, values).await?;
    }
    if !ahead.is_empty() {
        tracing::warn!(
            jobs = ahead.len(),
            "jobs were put off by a clock that ran ahead, and are called back"
        );
    }
    Ok(ahead.len())
}

#[cfg(test)]
mod tests;
