use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::webhooks::{self, DeliveryFilter};
use vitrine_entity::webhook_endpoint;

use super::{
    delivery::{WebhookDelivery, WebhookDeliveryConnection, WebhookDeliveryWhere},
    event_type::EventType,
};
use crate::{
    graphql::shared::{ContextExt, Result, connection, cost, int, map, page},
    ids,
};

/// Why nothing is sent to an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::webhook_endpoint::DisabledBecause")]
pub enum WebhookDisabledBecause {
    /// Staff have switched it off.
    Staff,
    /// It has taken nothing for days.
    Failing,
    /// It has answered 410: it is gone for good.
    Gone,
}

/// An address to which events are sent, signed as Standard Webhooks says.
#[derive(Debug, Clone)]
pub struct WebhookEndpoint(pub webhook_endpoint::Model);

connection! { WebhookEndpointConnection, WebhookEndpointEdge, WebhookEndpoint }

/// An address to which events are sent, signed as Standard Webhooks says: at least once each, and by its id a repeated
/// one is known. For staff with the permission `SETTINGS`.
#[Object]
impl WebhookEndpoint {
    /// Names the endpoint.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where events are posted to.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// What people call it.
    async fn description(&self) -> Option<&str> {
        Some(self.0.description.as_str()).filter(|text| !text.is_empty())
    }

    /// Which events it is sent; all of them where it is empty.
    async fn event_types(&self) -> Vec<EventType> {
        webhooks::types_of(&self.0).into_iter().map(EventType::from).collect()
    }

    /// Whether anything is sent to it.
    async fn enabled(&self) -> bool {
        self.0.enabled
    }

    /// Why nothing is sent to it.
    async fn disabled_because(&self) -> Option<WebhookDisabledBecause> {
        self.0.disabled_because.map(WebhookDisabledBecause::from)
    }

    /// Since when nothing is sent to it.
    async fn disabled_at(&self) -> Option<DateTime<Utc>> {
        self.0.disabled_at
    }

    /// How many sendings in a row have failed.
    async fn failures(&self) -> i32 {
        self.0.failures
    }

    /// Since when nothing has arrived; null where the last one did.
    async fn failing_since(&self) -> Option<DateTime<Utc>> {
        self.0.failing_since
    }

    /// When an event last arrived.
    async fn delivered_at(&self) -> Option<DateTime<Utc>> {
        self.0.delivered_at
    }

    /// Until when the secret before the newest signs as well, where it does.
    async fn previous_secret_until(&self, ctx: &Context<'_>) -> Option<DateTime<Utc>> {
        let now = ctx.shop().now();
        self.0.previous_secret_until.filter(|until| now < *until)
    }

    /// What was sent to it, newest first, for as long as it is kept.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<WebhookDeliveryWhere>,
    ) -> Result<Option<WebhookDeliveryConnection>> {
        let filter = filter.unwrap_or_default();
        let event = match &filter.event_id {
            None => None,
            Some(id) => Some(ids::input(id, "event", &["where", "eventId"])?),
        };
        let filter = DeliveryFilter {
            endpoint: self.0.id,
            state: filter.state.map(Into::into),
            event,
        };
        let page = webhooks::deliveries(ctx.shop(), ctx.caller(), filter, &page(first, after, last, before)).await?;
        Ok(Some(WebhookDeliveryConnection {
            page: map(page, WebhookDelivery),
            context: (),
        }))
    }

    /// Who made it: an id, or `system`.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Since when it is deleted.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
