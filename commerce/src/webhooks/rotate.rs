//! Staff give an endpoint a new secret, while the old one goes on signing for a while.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::WebhookEndpointId, webhook_endpoint};

use super::create::{WithSecret, with_secret};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    keyring::fingerprint,
    language::messages,
    staff::{Permission, audit, permission::require_or_system, removal},
};

/// The longest time that an old secret goes on signing.
const OVERLAP_MAX: TimeDelta = TimeDelta::days(7);

/// Which endpoint gets a new secret, and how long the old one signs as well.
#[derive(Debug, Clone, Copy)]
pub struct Rotate {
    pub endpoint: WebhookEndpointId,
    pub overlap_minutes: i32,
}

/// Gives an endpoint a new secret, which nobody is told again. Until the old one's time is over what is sent carries both
/// signatures; one before it signs no more.
///
/// # Errors
/// Refuses whoever may not, and an overlap of more than a week.
pub async fn rotate(shop: &Shop, context: &Context, input: Rotate) -> Result<WithSecret> {
    require_or_system(context, Permission::Settings)?;
    let overlap = TimeDelta::minutes(input.overlap_minutes.into());
    if overlap < TimeDelta::zero() || overlap > OVERLAP_MAX {
        let message = messages::webhook_overlap_range(OVERLAP_MAX.num_minutes());
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["overlapMinutes"]).into());
    }
    let endpoint = shop.transact(context, |tx| async move {
        let before = removal::live::<webhook_endpoint::Entity>(&tx, input.endpoint).await?;
        let now = tx.shop().now();
        let after = webhook_endpoint::Model {
            secret_number: before.secret_number + 1,
            secret_fingerprint: fingerprint(&shop.settings.signing_secret),
            previous_secret_number: Some(before.secret_number),
            previous_secret_fingerprint: Some(before.secret_fingerprint.clone()),
            previous_secret_until: Some(now + overlap),
            version: before.version + 1,
            updated_at: now,
            ..before
        };
        let after = after.into_active_model().reset_all().update(tx.db()).await?;
        let data = json!({ "overlapMinutes": input.overlap_minutes });
        audit(&tx, "webhook_endpoint.secret_rotate", after.id.to_string(), data).await?;
        Ok(after)
    });
    with_secret(shop, endpoint.await?)
}
