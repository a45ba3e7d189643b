//! What is sent because staff ask for it.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::webhooks::{self, Replay};

use super::delivery::WebhookDelivery;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Which endpoint is tried.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointPingInput {
    /// The endpoint's id.
    pub id: ID,
}

/// Which delivery's event is sent again.
#[derive(Debug, InputObject)]
pub struct WebhookDeliveryReplayInput {
    /// The delivery's id.
    pub id: ID,
}

/// Which events are sent to an endpoint again.
#[derive(Debug, InputObject)]
pub struct WebhookEventsReplayInput {
    /// The endpoint's id.
    pub endpoint_id: ID,
    /// What happened from then on.
    pub since: DateTime<Utc>,
    /// And before then.
    pub until: DateTime<Utc>,
    /// Also those that it has taken.
    #[graphql(default)]
    pub with_delivered: bool,
}

payload! {
    /// What `webhookEndpointPing` answers.
    WebhookEndpointPingPayload {
        /// The `ping` on its way.
        webhook_delivery: WebhookDelivery,
    }
}
payload! {
    /// What `webhookDeliveryReplay` answers.
    WebhookDeliveryReplayPayload {
        /// The event on its way again, under the same id.
        webhook_delivery: WebhookDelivery,
    }
}
payload! {
    /// What `webhookEventsReplay` answers.
    WebhookEventsReplayPayload {
        /// How many events are on their way again.
        events: i32,
    }
}

#[derive(Debug, Default)]
pub struct WebhookReplayMutation;

#[Object]
impl WebhookReplayMutation {
    /// Has a `ping` sent to an endpoint; while one waits to be sent again, it is that one, at once. For staff with the
    /// permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn webhook_endpoint_ping(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint is tried.")] input: WebhookEndpointPingInput,
    ) -> Result<Option<WebhookEndpointPingPayload>> {
        WebhookEndpointPingPayload::of(ping(ctx, input).await)
    }

    /// Has the event of a delivery sent again, under the same id; while it waits to be sent again, it is that delivery, at
    /// once. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn webhook_delivery_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which delivery's event is sent again.")] input: WebhookDeliveryReplayInput,
    ) -> Result<Option<WebhookDeliveryReplayPayload>> {
        WebhookDeliveryReplayPayload::of(replay(ctx, input).await)
    }

    /// Has the events of a time sent to an endpoint that it has not taken, or all, at most 10000: what happened while it
    /// was switched off, say. What waits to be sent is not sent twice. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn webhook_events_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which events are sent again.")] input: WebhookEventsReplayInput,
    ) -> Result<Option<WebhookEventsReplayPayload>> {
        WebhookEventsReplayPayload::of(replay_all(ctx, input).await)
    }
}

async fn ping(ctx: &Context<'_>, input: WebhookEndpointPingInput) -> vitrine_commerce::Result<WebhookDelivery> {
    let id = ids::input(&input.id, "webhook endpoint", &["id"])?;
    Ok(WebhookDelivery(webhooks::ping(ctx.shop(), ctx.caller(), id).await?))
}

async fn replay(ctx: &Context<'_>, input: WebhookDeliveryReplayInput) -> vitrine_commerce::Result<WebhookDelivery> {
    let id = ids::input(&input.id, "webhook delivery", &["id"])?;
    Ok(WebhookDelivery(webhooks::replay(ctx.shop(), ctx.caller(), id).await?))
}

async fn replay_all(ctx: &Context<'_>, input: WebhookEventsReplayInput) -> vitrine_commerce::Result<i32> {
    let wanted = Replay {
        endpoint: ids::input(&input.endpoint_id, "webhook endpoint", &["endpointId"])?,
        since: input.since,
        until: input.until,
        with_delivered: input.with_delivered,
    };
    let events = webhooks::replay_all(ctx.shop(), ctx.caller(), wanted).await?;
    Ok(i32::try_from(events).unwrap_or(i32::MAX))
}
