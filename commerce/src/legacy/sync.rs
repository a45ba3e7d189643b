//! The job `SyncLegacyOrder`: writes an order of ours to the older system, or asks what became of one of theirs, and compares
//! what both say, again and again until it is over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use vitrine_entity::{
    ids::LegacyOrderId,
    legacy_order::{self, LegacyDifference, LegacyDifferences, LegacyFinding, LegacyRecord, LegacySide},
    order,
};

use super::{
    compare::{compare, difference, worth},
    record::{is_over, of_order},
};
use crate::{
    Context, Error, Fault, Result, Shop, Tx,
    jobs::{Job, JobError},
    outbox::Lease,
    ports::legacy::{LegacyError, LegacyShop},
};

/// How long an order waits while the older system gives no answer.
const OUTAGE_PAUSE: TimeDelta = TimeDelta::minutes(1);

/// How often an order is compared: soon while it is young, then more and more seldom.
const PAUSE_MIN: TimeDelta = TimeDelta::minutes(5);
const PAUSE_MAX: TimeDelta = TimeDelta::hours(12);

/// For how long after it was placed.
const COMPARED_FOR: TimeDelta = TimeDelta::days(60);

/// How much earlier than it is due a job may come: databases round times.
const EARLY_MAX: TimeDelta = TimeDelta::seconds(1);

/// What a look has found.
struct Look {
    agreed: LegacyRecord,
    differences: Vec<LegacyDifference>,
    is_written: bool,
}

pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: LegacyOrderId) -> Result<(), JobError> {
    let row = legacy_order::Entity::find_by_id(id).one(&shop.db).await?;
    let is_due = |row: &legacy_order::Model| row.next_at.is_some_and(|at| at <= shop.now() + EARLY_MAX);
    // Another job may have been here, which made the next one.
    let (Some(row), Some(legacy)) = (row.filter(is_due), &shop.legacy) else {
        shop.transact_briefly(context, |tx| async move { lease.finish(&tx).await })
            .await?;
        return Ok(());
    };
    let look = match look(shop, legacy.as_ref(), &row).await {
        Ok(look) => look,
        Err(error) if is_young(shop, &row) => return Err(error),
        Err(_) => None,
    };
    let (row, look) = (&row, &look);
    shop.transact(context, |tx| async move {
        record(&tx, row, look.as_ref()).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

fn is_young(shop: &Shop, row: &legacy_order::Model) -> bool {
    shop.now() - row.created_at < COMPARED_FOR
}

/// `None` where there is nothing any more to be compared.
async fn look(shop: &Shop, legacy: &dyn LegacyShop, row: &legacy_order::Model) -> Result<Option<Look>, JobError> {
    match row.placed {
        LegacySide::Here => look_at_ours(shop, legacy, row).await,
        LegacySide::There => look_at_theirs(legacy, row).await.map(Some),
    }
}

async fn look_at_ours(
    shop: &Shop,
    legacy: &dyn LegacyShop,
    row: &legacy_order::Model,
) -> Result<Option<Look>, JobError> {
    let Some(id) = row.order_id else { return Ok(None) };
    let Some(order) = order::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let here = of_order(shop, &order).await?;
    let is_written = row.agreed != here;
    if is_written {
        // Repeated after a crash it is the same, for the row has not changed; written anew for staff it is another.
        let key = format!("{}-{}", row.id, row.updated_at.timestamp_micros());
        match legacy.write(&here, &key).await {
            Err(LegacyError::Refused(why)) => {
                return Ok(Some(Look {
                    differences: vec![difference("order", &here.status, &why)],
                    agreed: row.agreed.clone(),
                    is_written: false,
                }));
            }
            written => written.map_err(away)?,
        }
    }
    let there = told(legacy.order(&here.number).await)?;
    let differences = match &there {
        Ok(there) => compare(&here, there.as_ref()),
        Err(why) => vec![difference("order", &here.status, why)],
    };
    Ok(Some(Look {
        differences,
        agreed: here,
        is_written,
    }))
}

async fn look_at_theirs(legacy: &dyn LegacyShop, row: &legacy_order::Model) -> Result<Look, JobError> {
    let mut agreed = row.agreed.clone();
    let differences = match told(legacy.order(&row.number).await)? {
        Ok(Some(there)) => {
            if agreed.total.is_empty() {
                // Staff have it taken as it is said now.
                agreed.clone_from(&there);
            }
            // Where it stands is theirs to say; what it is worth was said as it was placed.
            agreed.status.clone_from(&there.status);
            worth(&agreed, &there)
        }
        Ok(None) => vec![difference("order", &agreed.status, "")],
        Err(why) => vec![difference("order", &agreed.status, &why)],
    };
    Ok(Look {
        agreed,
        differences,
        is_written: false,
    })
}

/// What cannot be read, or is refused, is a finding; what is away comes back.
fn told(asked: Result<Option<LegacyRecord>, LegacyError>) -> Result<Result<Option<LegacyRecord>, String>, JobError> {
    match asked {
        Ok(found) => Ok(Ok(found)),
        Err(LegacyError::Refused(why)) => Ok(Err(why)),
        Err(error) => Err(away(error)),
    }
}

fn away(error: LegacyError) -> JobError {
    JobError::Outage {
        error: Error::from(Fault::other("asking the older system", error)),
        pause: OUTAGE_PAUSE,
    }
}

/// Writes down what was found of the row as it was read; where staff have changed it since, it is looked at anew.
async fn record(tx: &Tx, seen: &legacy_order::Model, look: Option<&Look>) -> Result<()> {
    let Some(row) = tx.lock::<legacy_order::Entity>(seen.id).await? else {
        return Ok(());
    };
    let (shop, job) = (tx.shop(), Job::SyncLegacyOrder { legacy: row.id });
    if row.updated_at != seen.updated_at {
        tx.enqueue(row.order_id, job);
        return Ok(());
    }
    let now = shop.now();
    let next = look.and_then(|look| next(&row, look, now));
    let changed = match look {
        None => legacy_order::Model { next_at: None, ..row },
        Some(look) => {
            let finding = finding(&row, &look.differences);
            if finding == LegacyFinding::Open && row.finding != finding {
                tracing::warn!(order = %row.number, differences = ?look.differences, "the older system says otherwise of an order");
            }
            legacy_order::Model {
                agreed: look.agreed.clone(),
                differences: LegacyDifferences(look.differences.clone()),
                finding,
                written_at: if look.is_written { Some(now) } else { row.written_at },
                compared_at: Some(now),
                next_at: next.map(|pause| now + pause),
                updated_at: now,
                ..row
            }
        }
    };
    let order = changed.order_id;
    changed.into_active_model().reset_all().update(tx.db()).await?;
    if let Some(pause) = next {
        tx.enqueue_after(order, job, pause);
    }
    Ok(())
}

/// Staff's decision holds while it is about the same.
fn finding(row: &legacy_order::Model, differences: &[LegacyDifference]) -> LegacyFinding {
    match row.finding {
        _ if differences.is_empty() => LegacyFinding::None,
        LegacyFinding::Dismissed if row.differences.0 == differences => LegacyFinding::Dismissed,
        _ => LegacyFinding::Open,
    }
}

/// After how long it is compared again; `None` once it is over.
fn next(row: &legacy_order::Model, look: &Look, now: DateTime<Utc>) -> Option<TimeDelta> {
    let age = now - row.created_at;
    let is_settled = is_over(&look.agreed.status) && finding(row, &look.differences) != LegacyFinding::Open;
    (!is_settled && age < COMPARED_FOR).then(|| (age / 4).clamp(PAUSE_MIN, PAUSE_MAX))
}
