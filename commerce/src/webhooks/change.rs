//! Staff change an endpoint, switch it off and on, and take it away.

use vitrine_entity::{
    ids::WebhookEndpointId,
    webhook_endpoint::{self, DisabledBecause},
};

use super::{address, types};
use crate::{
    Context, Result, Shop,
    error::expect_version,
    events::EventKind,
    jobs::Job,
    staff::{Permission, permission::require_or_system, removal},
};

/// A change of an endpoint; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointChange {
    pub url: Option<String>,
    /// `Some(None)` takes it away.
    pub description: Option<Option<String>>,
    /// All of them where it is empty.
    pub types: Option<Vec<EventKind>>,
    pub enabled: Option<bool>,
}

/// Changes an endpoint. What still waits for one that is switched off is cancelled, and may be sent again by staff; one that is
/// switched on is asked at once, however often it failed.
///
/// # Errors
/// As of making one, and refuses a version that is no longer the endpoint's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: WebhookEndpointId,
    expected_version: Option<i64>,
    change: EndpointChange,
) -> Result<webhook_endpoint::Model> {
    require_or_system(context, Permission::Settings)?;
    let url = &change.url.as_deref().map(|url| address::url(shop, url)).transpose()?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let before = removal::live::<webhook_endpoint::Entity>(&tx, id).await?;
        let mut after = before.clone();
        if let Some(url) = url {
            after.url.clone_from(url);
        }
        if let Some(description) = &change.description {
            after.description = address::description(description.as_deref())?;
        }
        if let Some(types) = &change.types {
            after.event_types = types::stored(types);
        }
        if let Some(enabled) = change.enabled.filter(|enabled| *enabled != before.enabled) {
            switch(&mut after, enabled, tx.shop().now());
        }
        if after == before {
            return Ok(before);
        }
        expect_version("webhook endpoint", before.version, expected_version)?;
        // An address of one's own may be told all that goes to another's.
        types::require_types(context, &types::types_of(&after))?;
        if after.enabled && !before.enabled {
            tx.enqueue(None, Job::DeliverWebhooks { endpoint: id });
        }
        removal::write::<webhook_endpoint::Entity>(&tx, after, "update").await
    })
    .await
}

fn switch(row: &mut webhook_endpoint::Model, enabled: bool, now: chrono::DateTime<chrono::Utc>) {
    row.enabled = enabled;
    row.disabled_because = (!enabled).then_some(DisabledBecause::Staff);
    row.disabled_at = (!enabled).then_some(now);
    row.failures = 0;
    row.failing_since = None;
    row.paused_until = None;
}

/// Takes an endpoint away: nothing is sent to it any more. One that is gone stays so.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the endpoint's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: WebhookEndpointId,
    expected_version: Option<i64>,
) -> Result<webhook_endpoint::Model> {
    removal::delete::<webhook_endpoint::Entity>(shop, context, Permission::Settings, id, expected_version).await
}

/// Brings an endpoint back as it was, with its secret. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not.
pub async fn restore(shop: &Shop, context: &Context, id: WebhookEndpointId) -> Result<webhook_endpoint::Model> {
    removal::restore::<webhook_endpoint::Entity>(shop, context, Permission::Settings, id).await
}
