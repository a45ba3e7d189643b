//! Staff have events sent to an address.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    ids::WebhookEndpointId,
    webhook_endpoint::{self, Column},
};

use super::{
    ENDPOINTS_MAX, address,
    secret::{self, Which},
    types,
};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop,
    events::EventKind,
    keyring::fingerprint,
    language::messages,
    staff::{Permission, permission::require_or_system, removal},
    turn::{self, Turn},
};

/// An endpoint to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEndpoint {
    pub url: String,
    /// What people call it.
    pub description: Option<String>,
    /// All of them where it is empty.
    pub types: Vec<EventKind>,
    /// Whether it waits to be enabled.
    pub disabled: bool,
}

/// An endpoint with a secret of its that nobody is told again. It has no `Debug`: it holds the secret.
pub struct WithSecret {
    pub endpoint: webhook_endpoint::Model,
    /// `whsec_…`.
    pub secret: String,
}

/// Makes an endpoint. It is sent what happens from now on; servers that do not know of it yet follow within five seconds.
///
/// # Errors
/// Refuses whoever may not, or may not see what it is told of; an address that cannot be asked; and more than 50 of them.
pub async fn create(shop: &Shop, context: &Context, new: NewEndpoint) -> Result<WithSecret> {
    require_or_system(context, Permission::Settings)?;
    types::require_types(context, &new.types)?;
    let url = &address::url(shop, &new.url)?;
    let description = &address::description(new.description.as_deref())?;
    let new = &new;
    let endpoint = shop.transact(context, |tx| async move {
        turn::take(&tx, Turn::WebhookEndpoints).await?;
        let live = webhook_endpoint::Entity::find().filter(Column::DeletedAt.is_null());
        if live.count(tx.db()).await? >= ENDPOINTS_MAX {
            let message = messages::webhook_endpoints_max(ENDPOINTS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).into());
        }
        let now = tx.shop().now();
        let row = webhook_endpoint::Model {
            id: WebhookEndpointId(tx.shop().new_id()),
            url: url.clone(),
            description: description.clone(),
            event_types: types::stored(&new.types),
            enabled: !new.disabled,
            disabled_because: new.disabled.then_some(webhook_endpoint::DisabledBecause::Staff),
            disabled_at: new.disabled.then_some(now),
            secret_number: 1,
            secret_fingerprint: fingerprint(&shop.settings.signing_secret),
            previous_secret_number: None,
            previous_secret_fingerprint: None,
            previous_secret_until: None,
            failures: 0,
            failing_since: None,
            paused_until: None,
            delivered_at: None,
            created_by: tx.context().viewer.actor(),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        removal::note(&tx, &row, "create").await?;
        Ok(row)
    });
    with_secret(shop, endpoint.await?)
}

/// The endpoint, with its newest secret.
pub(super) fn with_secret(shop: &Shop, endpoint: webhook_endpoint::Model) -> Result<WithSecret> {
    let which = Which {
        endpoint: endpoint.id,
        number: endpoint.secret_number,
        fingerprint: &endpoint.secret_fingerprint,
    };
    let key = secret::key(shop, which);
    let key = key.ok_or_else(|| {
        Fault::Other(
            "a secret that was just made follows from no signing secret".to_owned(),
            None,
        )
    })?;
    let secret = secret::shown(&key);
    Ok(WithSecret { endpoint, secret })
}
