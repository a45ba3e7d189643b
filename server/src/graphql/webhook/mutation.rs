use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use vitrine_commerce::webhooks::{self, EndpointChange, NewEndpoint, Rotate, WithSecret};

use super::{event_type::EventType, object::WebhookEndpoint};
use crate::{
    graphql::shared::{ContextExt, Result, UserError, given, outcome, payload},
    ids,
};

/// A new endpoint.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointCreateInput {
    /// Where events are posted to: an address that begins with `https://` and leads outside, at most 1000 characters.
    pub url: String,
    /// What people call it, at most 200 characters.
    pub description: Option<String>,
    /// Which events it is sent: none that you may not see yourself. All of them where it is left out or empty.
    #[graphql(default)]
    pub event_types: Vec<EventType>,
    /// Whether it is sent anything from now on.
    #[graphql(default = true)]
    pub enabled: bool,
}

/// Which endpoint changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointUpdateInput {
    /// The endpoint's id.
    pub id: ID,
    /// The endpoint's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Where events are posted to.
    pub url: Option<String>,
    /// What people call it; null for nothing.
    pub description: MaybeUndefined<String>,
    /// Which events it is sent: all of them where it is empty. None that you may not see yourself.
    pub event_types: Option<Vec<EventType>>,
    /// Whether anything is sent to it.
    pub enabled: Option<bool>,
}

/// Which endpoint goes.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointDeleteInput {
    /// The endpoint's id.
    pub id: ID,
    /// The endpoint's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which endpoint comes back.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointRestoreInput {
    /// The endpoint's id.
    pub id: ID,
}

/// Which endpoint gets a new secret.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointSecretRotateInput {
    /// The endpoint's id.
    pub id: ID,
    /// For how many minutes the old secret signs as well, a week at most.
    #[graphql(default = 1440)]
    pub overlap_minutes: i32,
}

macro_rules! payload_with_secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The endpoint.
            pub webhook_endpoint: Option<WebhookEndpoint>,
            /// The secret, `whsec_…`, by which libraries of Standard Webhooks verify. Nobody is told it again: keep it where
            /// secrets are kept.
            pub secret: Option<String>,
            /// Why nothing was done; empty when it was done.
            pub user_errors: Vec<UserError>,
        }

        impl $name {
            fn of(result: vitrine_commerce::Result<WithSecret>) -> Result<Option<Self>> {
                let (made, user_errors) = outcome(result)?;
                let (webhook_endpoint, secret) = made.map(|made| (WebhookEndpoint(made.endpoint), made.secret)).unzip();
                Ok(Some(Self { webhook_endpoint, secret, user_errors }))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).field("webhook_endpoint", &self.webhook_endpoint).finish_non_exhaustive()
            }
        }
    };
}

payload_with_secret! {
    /// What `webhookEndpointCreate` answers.
    WebhookEndpointCreatePayload
}
payload_with_secret! {
    /// What `webhookEndpointSecretRotate` answers.
    WebhookEndpointSecretRotatePayload
}
payload! {
    /// What `webhookEndpointUpdate` answers.
    WebhookEndpointUpdatePayload {
        /// The endpoint as it is now.
        webhook_endpoint: WebhookEndpoint,
    }
}
payload! {
    /// What `webhookEndpointDelete` answers.
    WebhookEndpointDeletePayload {
        /// The endpoint that is deleted.
        webhook_endpoint: WebhookEndpoint,
    }
}
payload! {
    /// What `webhookEndpointRestore` answers.
    WebhookEndpointRestorePayload {
        /// The endpoint as it is now.
        webhook_endpoint: WebhookEndpoint,
    }
}

#[derive(Debug, Default)]
pub struct WebhookMutation;

#[Object]
impl WebhookMutation {
    /// Has events sent to an address from now on, and gives the secret that they are signed with, once. Servers that do not
    /// know of the endpoint yet follow within five seconds. For staff with the permission `SETTINGS` who may see what they
    /// have sent.
    #[graphql(complexity = "20 + child_complexity")]
    async fn webhook_endpoint_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new endpoint.")] input: WebhookEndpointCreateInput,
    ) -> Result<Option<WebhookEndpointCreatePayload>> {
        let new = NewEndpoint {
            url: input.url,
            description: input.description,
            types: input.event_types.into_iter().map(Into::into).collect(),
            disabled: !input.enabled,
        };
        WebhookEndpointCreatePayload::of(webhooks::create(ctx.shop(), ctx.caller(), new).await)
    }

    /// Changes an endpoint, or switches it off and on. What waits for one that is switched off is cancelled. For staff with
    /// the permission `SETTINGS` who may see what is sent to it.
    #[graphql(complexity = "20 + child_complexity")]
    async fn webhook_endpoint_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint changes, and how.")] input: WebhookEndpointUpdateInput,
    ) -> Result<Option<WebhookEndpointUpdatePayload>> {
        WebhookEndpointUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes an endpoint away: nothing is sent to it any more. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn webhook_endpoint_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint goes.")] input: WebhookEndpointDeleteInput,
    ) -> Result<Option<WebhookEndpointDeletePayload>> {
        WebhookEndpointDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted endpoint back, with its secret. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn webhook_endpoint_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint comes back.")] input: WebhookEndpointRestoreInput,
    ) -> Result<Option<WebhookEndpointRestorePayload>> {
        WebhookEndpointRestorePayload::of(restore(ctx, input).await)
    }

    /// Gives an endpoint a new secret, once; the old one signs as well for as long as you say. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn webhook_endpoint_secret_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint gets a new secret.")] input: WebhookEndpointSecretRotateInput,
    ) -> Result<Option<WebhookEndpointSecretRotatePayload>> {
        WebhookEndpointSecretRotatePayload::of(rotate(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: WebhookEndpointUpdateInput) -> vitrine_commerce::Result<WebhookEndpoint> {
    let id = ids::input(&input.id, "webhook endpoint", &["id"])?;
    let change = EndpointChange {
        url: input.url,
        description: given(input.description),
        types: input
            .event_types
            .map(|types| types.into_iter().map(Into::into).collect()),
        enabled: input.enabled,
    };
    let version = input.expected_version.map(i64::from);
    let updated = webhooks::update(ctx.shop(), ctx.caller(), id, version, change).await?;
    Ok(WebhookEndpoint(updated))
}

async fn delete(ctx: &Context<'_>, input: WebhookEndpointDeleteInput) -> vitrine_commerce::Result<WebhookEndpoint> {
    let id = ids::input(&input.id, "webhook endpoint", &["id"])?;
    let version = input.expected_version.map(i64::from);
    Ok(WebhookEndpoint(
        webhooks::delete(ctx.shop(), ctx.caller(), id, version).await?,
    ))
}

async fn restore(ctx: &Context<'_>, input: WebhookEndpointRestoreInput) -> vitrine_commerce::Result<WebhookEndpoint> {
    let id = ids::input(&input.id, "webhook endpoint", &["id"])?;
    Ok(WebhookEndpoint(webhooks::restore(ctx.shop(), ctx.caller(), id).await?))
}

async fn rotate(ctx: &Context<'_>, input: WebhookEndpointSecretRotateInput) -> vitrine_commerce::Result<WithSecret> {
    let rotate = Rotate {
        endpoint: ids::input(&input.id, "webhook endpoint", &["id"])?,
        overlap_minutes: input.overlap_minutes,
    };
    webhooks::rotate(ctx.shop(), ctx.caller(), rotate).await
}
