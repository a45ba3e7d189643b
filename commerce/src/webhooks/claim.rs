//! Takes some of what is due to an endpoint, for one worker.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::{EntityTrait, QueryFilter};
use vitrine_entity::{
    event,
    ids::{EventId, WebhookEndpointId},
    webhook_delivery, webhook_endpoint,
};

use crate::{Result, Tx, sql};

/// How many are sent side by side.
const BATCH: i64 = 8;

/// How long they are one worker's: longer than a job may take.
const CLAIM: TimeDelta = TimeDelta::minutes(2);

/// How many are cancelled at once that nobody is to be sent any more.
const CANCELLED_MAX: i64 = 1_000;

/// What one worker sends.
pub(super) struct Claimed {
    pub(super) endpoint: webhook_endpoint::Model,
    pub(super) deliveries: Vec<(webhook_delivery::Model, event::Model)>,
}

/// Takes what is due the longest; of an endpoint that has just failed a single one, and nothing while it is left alone.
pub(super) async fn claim(tx: &Tx, id: WebhookEndpointId) -> Result<Option<Claimed>> {
    let endpoint = webhook_endpoint::Entity::find_by_id(id).one(tx.db()).await?;
    let Some(endpoint) = endpoint.filter(|endpoint| endpoint.enabled && endpoint.deleted_at.is_none()) else {
        cancel(tx, id).await?;
        return Ok(None);
    };
    let now = tx.shop().now();
    if endpoint.paused_until.is_some_and(|until| now < until) {
        return Ok(None);
    }
    let limit = if endpoint.failures == 0 { BATCH } else { 1 };
    let sql = format!(
        "update webhook_delivery set claimed_until = $2 where state = 'PENDING' and (claimed_until is null or claimed_until <= $1) \
         and id in (select id from webhook_delivery where endpoint_id = $3 and state = 'PENDING' and next_attempt_at <= $1 \
         and (claimed_until is null or claimed_until <= $1) order by next_attempt_at, id limit $4 {}) returning *",
        sql::locking_free(tx.db())
    );
    let values = [now.into(), (now + CLAIM).into(), id.into(), limit.into()];
    let mut rows: Vec<webhook_delivery::Model> = sql::all(tx.db(), &sql, values).await?;
    rows.sort_by_key(|row| row.id);
    let wanted = sql::among(tx.db(), event::Column::Id, rows.iter().map(|row| row.event_id));
    let events = event::Entity::find().filter(wanted).all(tx.db()).await?;
    let events: HashMap<EventId, event::Model> = events.into_iter().map(|event| (event.id, event)).collect();
    let with_event = |row: webhook_delivery::Model| events.get(&row.event_id).map(|event| (row, event.clone()));
    let deliveries = rows.into_iter().filter_map(with_event).collect();
    Ok(Some(Claimed { endpoint, deliveries }))
}

async fn cancel(tx: &Tx, id: WebhookEndpointId) -> Result<()> {
    let sql = "update webhook_delivery set state = 'CANCELLED', finished_at = $2, claimed_until = null where state = 'PENDING' \
               and id in (select id from webhook_delivery where endpoint_id = $1 and state = 'PENDING' limit $3)";
    let values = [id.into(), tx.shop().now().into(), CANCELLED_MAX.into()];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}
