use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Viewer,
    events::{EventKind, envelope},
    staff::Permission,
};
use vitrine_entity::{event, webhook_attempt, webhook_delivery};

use super::{
    event_type::EventType,
    questions::{AttemptsOfDelivery, EventById},
};
use crate::{
    graphql::shared::{ContextExt, Result, connection, int},
    ids,
};

/// Why an event is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::webhook_delivery::DeliveryCause")]
pub enum WebhookDeliveryCause {
    /// It has happened.
    Event,
    /// Staff have it sent again.
    Replay,
    /// Staff try the endpoint.
    Ping,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::webhook_delivery::DeliveryState")]
pub enum WebhookDeliveryState {
    /// It will be sent, or sent again.
    Pending,
    /// The endpoint has taken it.
    Delivered,
    /// It was sent ten times in three days, and is not sent again by itself.
    Failed,
    /// The endpoint was switched off or deleted before it took it.
    Cancelled,
}

/// An event on its way to an endpoint.
#[derive(Debug, Clone)]
pub struct WebhookDelivery(pub webhook_delivery::Model);

connection! { WebhookDeliveryConnection, WebhookDeliveryEdge, WebhookDelivery }

/// An event on its way to an endpoint. For staff with the permission `SETTINGS`.
#[Object]
impl WebhookDelivery {
    /// Names the delivery.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What is sent.
    #[graphql(complexity = "1 + child_complexity")]
    async fn event(&self, ctx: &Context<'_>) -> Result<Option<ShopEvent>> {
        Ok(ctx.load(EventById(self.0.event_id)).await?.map(ShopEvent))
    }

    /// Why it is sent.
    async fn cause(&self) -> WebhookDeliveryCause {
        self.0.cause.into()
    }

    /// Where it stands.
    async fn state(&self) -> WebhookDeliveryState {
        self.0.state.into()
    }

    /// When it is sent next; null where it is not.
    async fn next_attempt_at(&self) -> Option<DateTime<Utc>> {
        let is_pending = self.0.state == webhook_delivery::DeliveryState::Pending;
        is_pending.then_some(self.0.next_attempt_at)
    }

    /// The status of the last answer; null where there was none.
    async fn response_status(&self) -> Option<i32> {
        self.0.response_status
    }

    /// Why the last attempt failed, in English.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// Every attempt, the first one first: ten at most.
    #[graphql(complexity = "10 * child_complexity")]
    async fn attempts(&self, ctx: &Context<'_>) -> Result<Vec<WebhookAttempt>> {
        let attempts = ctx.load(AttemptsOfDelivery(self.0.id)).await?.unwrap_or_default();
        Ok(attempts.into_iter().map(WebhookAttempt::from).collect())
    }

    /// When it was to be sent first.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it arrived, or was given up.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}

/// One try to send an event.
#[derive(Debug, SimpleObject)]
pub struct WebhookAttempt {
    /// Its place among those of the delivery, from 1.
    pub number: i32,
    /// When it was made.
    pub attempted_at: DateTime<Utc>,
    /// How many milliseconds it took.
    pub duration_ms: i32,
    /// The status of the answer; null where there was none.
    pub response_status: Option<i32>,
    /// The beginning of the answer, at most 1024 bytes.
    pub response_body: Option<String>,
    /// Why it failed, in English; null where it did not.
    pub error: Option<String>,
}

impl From<webhook_attempt::Model> for WebhookAttempt {
    fn from(row: webhook_attempt::Model) -> Self {
        Self {
            number: row.number,
            attempted_at: row.attempted_at,
            duration_ms: int(row.duration_ms),
            response_status: row.response_status,
            response_body: row.response_body,
            error: row.error,
        }
    }
}

/// Something that happened in the shop, as others are told it.
#[derive(Debug, Clone)]
pub struct ShopEvent(pub event::Model);

/// Something that happened in the shop, as others are told it.
#[Object]
impl ShopEvent {
    /// Names the event: the same however often it is sent, and also the header `webhook-id`.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What happened; null for what this version does not know.
    #[graphql(name = "type")]
    async fn kind(&self) -> Option<EventType> {
        EventKind::named(&self.0.kind).map(EventType::from)
    }

    /// The id of what it is about.
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.0.occurred_at
    }

    /// What is sent, as JSON. Null for whoever may not see what it is about.
    async fn payload(&self, ctx: &Context<'_>) -> Option<String> {
        let needed = EventKind::named(&self.0.kind).map_or(Permission::Settings, EventKind::permission);
        let viewer = ctx.caller().viewer;
        let may_see = viewer == Viewer::System || viewer.permissions().has(needed);
        let payload = || serde_json::to_string(&envelope(self.0.clone())).ok();
        may_see.then(payload).flatten()
    }
}

/// Restricts a list of deliveries. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct WebhookDeliveryWhere {
    /// Where they stand.
    pub state: Option<WebhookDeliveryState>,
    /// Which event is sent, by its id.
    pub event_id: Option<ID>,
}
