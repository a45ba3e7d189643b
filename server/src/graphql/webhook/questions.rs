use vitrine_commerce::webhooks;
use vitrine_entity::{
    event,
    ids::{EventId, WebhookDeliveryId},
    webhook_attempt,
};

use crate::graphql::shared::questions;

questions! {
    EventById(EventId) -> event::Model = webhooks::events_by_ids;
    AttemptsOfDelivery(WebhookDeliveryId) -> Vec<webhook_attempt::Model> = webhooks::attempts_of;
}
