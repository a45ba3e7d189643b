//! Changes an app, and with it what its keys open, at once.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{app, ids::AppId};

use super::{locked, name, refuse_past};
use crate::{
    Context, Result, Shop,
    error::expect_version,
    ports::event_bus::Topic,
    staff::{
        audit::audit,
        permission::{Permissions, require_within},
        require_person,
    },
};

/// A change of an app; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct AppUpdate {
    pub app: AppId,
    /// The app's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub name: Option<String>,
    pub permissions: Option<Permissions>,
    /// `Some(None)` lets it open without end.
    pub expires_at: Option<Option<DateTime<Utc>>>,
}

/// Changes an app.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the app may, before and after; `INVALID`, `NOT_FOUND`;
/// `VERSION_CONFLICT`.
pub async fn update(shop: &Shop, context: &Context, input: AppUpdate) -> Result<app::Model> {
    require_person(context)?;
    let name = &input.name.as_deref().map(name).transpose()?;
    refuse_past(shop, input.expires_at.flatten())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let before = locked(&tx, input.app).await?;
        expect_version("app", before.version, input.expected_version)?;
        require_within(context, before.permissions, &["id"])?;
        let permissions = input.permissions.unwrap_or(before.permissions);
        require_within(context, permissions, &["permissions"])?;
        let after = app::Model {
            name: name.clone().unwrap_or_else(|| before.name.clone()),
            permissions,
            expires_at: input.expires_at.unwrap_or(before.expires_at),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        let after = app::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            ..after
        };
        let after = after.into_active_model().reset_all().update(tx.db()).await?;
        tx.announce(Topic::App(after.id));
        let said = |app: &app::Model| json!({ "name": app.name, "permissions": app.permissions.to_string(), "expiresAt": app.expires_at });
        let data = json!({ "before": said(&before), "after": said(&after) });
        audit(&tx, "app.update", after.id.to_string(), data).await?;
        Ok(after)
    })
    .await
}
