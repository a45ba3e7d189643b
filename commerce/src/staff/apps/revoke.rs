//! Shuts a program out, for good.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{app, ids::AppId};

use super::any;
use crate::{
    Context, Result, Shop,
    ports::event_bus::Topic,
    staff::{audit::audit, permission::require_within, require_person},
};

/// Lets an app in no more: its keys open nothing from now on, and what is open under them ends. One that is
/// revoked stays so.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the app may; `NOT_FOUND`.
pub async fn revoke(shop: &Shop, context: &Context, id: AppId) -> Result<app::Model> {
    require_person(context)?;
    shop.transact(context, |tx| async move {
        let app = any(&tx, id).await?;
        require_within(context, app.permissions, &["id"])?;
        if app.revoked_at.is_some() {
            return Ok(app);
        }
        let now = shop.now();
        let row = app::Model {
            revoked_at: Some(now),
            updated_at: now,
            version: app.version + 1,
            ..app
        };
        let app = row.into_active_model().reset_all().update(tx.db()).await?;
        tx.announce(Topic::App(id));
        audit(&tx, "app.revoke", id.to_string(), json!({ "name": app.name })).await?;
        Ok(app)
    })
    .await
}
