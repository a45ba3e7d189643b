//! Has done now what waits for a later time.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::OrderId,
    outbox::{self, OutboxState},
};

use crate::{Context, Fault, Result, Shop, jobs::Job};

/// How long a job that was put off is left alone.
const PAUSE_MIN: TimeDelta = TimeDelta::minutes(1);

/// Has `job`, which is about `order`, done now: one that waits is called forward, one that is missing is made. A job that
/// has failed, or that was put off a moment ago, keeps its pause, so that whoever comes often does
/// not wear out what it waits for.
pub(crate) async fn hasten(shop: &Shop, context: &Context, order: OrderId, job: &Job) -> Result<()> {
    let wanted = serde_json::to_value(job).map_err(|error| Fault::other("writing a job", error))?;
    let open: Vec<_> = outbox::Entity::find()
        .filter(outbox::Column::Subject.eq(job.subject()))
        .filter(outbox::Column::State.ne(OutboxState::Done))
        .all(&shop.db)
        .await?
        .into_iter()
        .filter(|row| row.job == wanted)
        .collect();
    if open.is_empty() {
        return shop
            .transact(context, |tx| async move {
                tx.enqueue(order, job.clone());
                Ok(())
            })
            .await;
    }
    let now = shop.now();
    // One that was put off a moment ago has just looked; one of the future was by a wrong clock.
    let looked = |row: &outbox::Model| row.scheduled_at.is_some_and(|at| (now - at).abs() < PAUSE_MIN);
    let waits = |row: &outbox::Model| {
        row.state == OutboxState::Ready && row.run_at > now && row.last_error.is_none() && !looked(row)
    };
    for row in open.into_iter().filter(waits) {
        let sql = "update outbox set run_at = $2, scheduled_at = $2 where id = $1 and state = 'READY' and run_at > $2";
        shop.execute(sql, [row.id.into(), now.into()]).await?;
    }
    Ok(())
}
