//! Staff try an endpoint.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::WebhookEndpointId,
    webhook_delivery::{self, DeliveryCause, DeliveryState},
    webhook_endpoint,
};

use super::{
    publish::deliver,
    replay::{hasten, refuse_disabled},
};
use crate::{
    Context, Fault, Result, Shop, events,
    jobs::Job,
    staff::{Permission, audit, permission::require_or_system, removal},
};

/// Has a `ping` sent to an endpoint; while one waits to be sent, that one, and at once. What becomes of it stands among its deliveries.
///
/// # Errors
/// Refuses whoever may not, and an endpoint that is switched off.
pub async fn ping(shop: &Shop, context: &Context, id: WebhookEndpointId) -> Result<webhook_delivery::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let endpoint = removal::live::<webhook_endpoint::Entity>(&tx, id).await?;
        refuse_disabled(&endpoint, &["id"])?;
        let waiting = webhook_delivery::Entity::find()
            .filter(webhook_delivery::Column::EndpointId.eq(id))
            .filter(webhook_delivery::Column::State.eq(DeliveryState::Pending))
            .filter(webhook_delivery::Column::Cause.eq(DeliveryCause::Ping))
            .one(tx.db())
            .await?;
        if let Some(waiting) = waiting {
            return hasten(&tx, waiting).await;
        }
        let event = events::ping(&tx, &id.to_string());
        let delivery = deliver(&tx, id, event, DeliveryCause::Ping);
        tx.enqueue(None, Job::DeliverWebhooks { endpoint: id });
        audit(&tx, "webhook_endpoint.ping", id.to_string(), json!({})).await?;
        tx.write_now().await?;
        let row = webhook_delivery::Entity::find_by_id(delivery).one(tx.db()).await?;
        row.ok_or_else(|| Fault::Other("a delivery that was just written is not there".to_owned(), None).into())
    })
    .await
}
