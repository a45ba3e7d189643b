//! The job `PublishEvents`: looks who is to be sent what has happened.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    event,
    ids::{EventId, WebhookDeliveryId, WebhookEndpointId},
    webhook_delivery::{self, DeliveryCause, DeliveryState},
    webhook_endpoint,
};

use super::types::wants;
use crate::{
    Context, Result, Shop, Tx,
    jobs::{Job, JobError},
    outbox::Lease,
    sql,
};

/// How many events are looked at in one transaction; the rest by the next job.
const BATCH: usize = 200;

pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease) -> Result<(), JobError> {
    let published = shop.transact(context, |tx| async move {
        let events = take(&tx).await?;
        deliver_to_all(&tx, &events).await?;
        if let (true, Some(last)) = (events.len() == BATCH, events.last()) {
            tx.enqueue(None, Job::PublishEvents { event: last.id });
        }
        lease.finish(&tx).await
    });
    Ok(published.await?)
}

/// The oldest that nobody has looked at, in the order in which they happened.
async fn take(tx: &Tx) -> Result<Vec<event::Model>> {
    let sql = format!(
        "update event set published_at = $1 where published_at is null and id in \
         (select id from event where published_at is null order by id limit $2 {}) returning *",
        sql::locking_free(tx.db())
    );
    let values = [tx.shop().now().into(), (BATCH as i64).into()];
    let mut events: Vec<event::Model> = sql::all(tx.db(), &sql, values).await?;
    events.sort_by_key(|event| event.id);
    Ok(events)
}

async fn deliver_to_all(tx: &Tx, events: &[event::Model]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let endpoints = webhook_endpoint::Entity::find()
        .filter(webhook_endpoint::Column::Enabled.eq(true))
        .filter(webhook_endpoint::Column::DeletedAt.is_null())
        .all(tx.db())
        .await?;
    let mut told = BTreeSet::new();
    for event in events {
        for endpoint in endpoints.iter().filter(|endpoint| wants(endpoint, &event.kind)) {
            deliver(tx, endpoint.id, event.id, DeliveryCause::Event);
            told.insert(endpoint.id);
        }
    }
    for endpoint in told {
        tx.enqueue(None, Job::DeliverWebhooks { endpoint });
    }
    Ok(())
}

/// Writes with the end of the transaction that an event is to be sent to an endpoint; whoever calls has it done.
pub(super) fn deliver(tx: &Tx, endpoint: WebhookEndpointId, event: EventId, cause: DeliveryCause) -> WebhookDeliveryId {
    let (id, now) = (WebhookDeliveryId(tx.shop().new_id()), tx.shop().now());
    let row = webhook_delivery::ActiveModel {
        id: Set(id),
        endpoint_id: Set(endpoint),
        event_id: Set(event),
        cause: Set(cause),
        state: Set(DeliveryState::Pending),
        attempts: Set(0),
        next_attempt_at: Set(now),
        claimed_until: Set(None),
        response_status: Set(None),
        error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    };
    tx.write_later::<webhook_delivery::Entity>([row]);
    id
}
