//! Staff have events sent again: one, or all of a time.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{EventId, WebhookDeliveryId, WebhookEndpointId},
    webhook_delivery::{self, DeliveryCause, DeliveryState},
    webhook_endpoint,
};

use super::{publish::deliver, types::wants};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    sql,
    staff::{Permission, audit, permission::require_or_system, removal},
};

/// How many are sent again at once.
const REPLAYED_MAX: usize = 10_000;

/// Among how many of all types they are looked for.
const LOOKED_AT_MAX: usize = 100_000;

/// Which events are sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replay {
    pub endpoint: WebhookEndpointId,
    /// From then on.
    pub since: DateTime<Utc>,
    /// Before then.
    pub until: DateTime<Utc>,
    /// Also those that the endpoint has taken.
    pub with_delivered: bool,
}

/// Has the event of a delivery sent again, under the same id; while it waits to be sent, it is that delivery, and at once.
///
/// # Errors
/// Refuses whoever may not, a delivery that there is not, and an endpoint that is switched off.
pub async fn replay(shop: &Shop, context: &Context, id: WebhookDeliveryId) -> Result<webhook_delivery::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let row = webhook_delivery::Entity::find_by_id(id).one(tx.db()).await?;
        let row = row.ok_or_else(|| Refusal::not_found("webhook delivery").at(&["id"]))?;
        let endpoint = removal::live::<webhook_endpoint::Entity>(&tx, row.endpoint_id).await?;
        refuse_disabled(&endpoint, &["id"])?;
        let waiting = webhook_delivery::Entity::find()
            .filter(webhook_delivery::Column::EndpointId.eq(row.endpoint_id))
            .filter(webhook_delivery::Column::EventId.eq(row.event_id))
            .filter(webhook_delivery::Column::State.eq(DeliveryState::Pending))
            .one(tx.db())
            .await?;
        if let Some(waiting) = waiting {
            return hasten(&tx, waiting).await;
        }
        let again = deliver(&tx, row.endpoint_id, row.event_id, DeliveryCause::Replay);
        tx.enqueue(None, Job::DeliverWebhooks { endpoint: endpoint.id });
        let data = json!({ "event": row.event_id.to_string() });
        audit(&tx, "webhook_endpoint.replay", endpoint.id.to_string(), data).await?;
        tx.write_now().await?;
        let again = webhook_delivery::Entity::find_by_id(again).one(tx.db()).await?;
        again.ok_or_else(|| Fault::Other("a delivery that was just written is not there".to_owned(), None).into())
    })
    .await
}

/// Has events of a time sent to an endpoint, of the types that it is sent: those that it has not taken, or all. What waits to be
/// sent does so once. Gives how many.
///
/// # Errors
/// Refuses whoever may not, a time that ends before it begins, more than 10,000 events, and an endpoint that is switched off.
pub async fn replay_all(shop: &Shop, context: &Context, wanted: Replay) -> Result<u64> {
    require_or_system(context, Permission::Settings)?;
    if wanted.until <= wanted.since {
        return Err(Refusal::new(ErrorCode::Invalid, messages::period_ends_first())
            .at(&["until"])
            .into());
    }
    shop.transact(context, |tx| async move {
        let endpoint = removal::live::<webhook_endpoint::Entity>(&tx, wanted.endpoint).await?;
        refuse_disabled(&endpoint, &["endpointId"])?;
        let found = events(&tx, &wanted).await?;
        let is_cut = found.len() >= LOOKED_AT_MAX;
        let found: Vec<_> = found
            .into_iter()
            .filter(|event| wants(&endpoint, &event.kind))
            .collect();
        if is_cut || found.len() > REPLAYED_MAX {
            let message = messages::webhook_replays_max(REPLAYED_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["since"]).into());
        }
        for event in &found {
            deliver(&tx, endpoint.id, event.id, DeliveryCause::Replay);
        }
        if !found.is_empty() {
            tx.enqueue(None, Job::DeliverWebhooks { endpoint: endpoint.id });
            let data = json!({ "since": wanted.since, "until": wanted.until, "events": found.len() });
            audit(&tx, "webhook_endpoint.replay", endpoint.id.to_string(), data).await?;
        }
        Ok(found.len() as u64)
    })
    .await
}

/// Has what waits sent at once: whoever asks for it has mended the endpoint. What a worker is sending is on its way.
pub(super) async fn hasten(tx: &Tx, waiting: webhook_delivery::Model) -> Result<webhook_delivery::Model> {
    let (now, endpoint) = (tx.shop().now(), waiting.endpoint_id);
    let sql =
        "update webhook_delivery set next_attempt_at = $2 where id = $1 and state = 'PENDING' and next_attempt_at > $2";
    if sql::execute(tx.db(), sql, [waiting.id.into(), now.into()]).await? == 0 {
        return Ok(waiting);
    }
    let sql = "update webhook_endpoint set paused_until = null where id = $1";
    sql::execute(tx.db(), sql, [endpoint.into()]).await?;
    tx.enqueue(None, Job::DeliverWebhooks { endpoint });
    Ok(webhook_delivery::Model {
        next_attempt_at: now,
        ..waiting
    })
}

pub(super) fn refuse_disabled(endpoint: &webhook_endpoint::Model, field: &[&str]) -> Result<(), Refusal> {
    match endpoint.enabled {
        true => Ok(()),
        false => Err(Refusal::new(ErrorCode::Invalid, messages::webhook_endpoint_disabled()).at(field)),
    }
}

#[derive(FromQueryResult)]
struct Found {
    id: EventId,
    kind: String,
}

async fn events(tx: &Tx, wanted: &Replay) -> Result<Vec<Found>> {
    let taken = match wanted.with_delivered {
        true => "",
        false => "or d.state = 'DELIVERED'",
    };
    let sql = format!(
        "select e.id, e.type as kind from event e where e.occurred_at >= $1 and e.occurred_at < $2 and e.type <> 'ping' \
         and e.published_at is not null and not exists (select 1 from webhook_delivery d where d.event_id = e.id \
         and d.endpoint_id = $3 and (d.state = 'PENDING' {taken})) order by e.occurred_at, e.id limit $4"
    );
    let values = [
        wanted.since.into(),
        wanted.until.into(),
        wanted.endpoint.into(),
        (LOOKED_AT_MAX as i64).into(),
    ];
    Ok(sql::all(tx.db(), &sql, values).await?)
}
