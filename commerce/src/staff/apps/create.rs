//! Lets a program in.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    app, app_key,
    ids::{AppId, AppKeyId},
};

use super::{APPS_MAX, WithKey, key, name, refuse_past};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    staff::{
        audit::audit,
        permission::{Permissions, require_within},
        require_person,
    },
    turn::{self, Turn},
};

/// A new app.
#[derive(Debug, Clone)]
pub struct NewApp {
    pub name: String,
    pub permissions: Permissions,
    /// Until when its keys open; without end where it is left out.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Makes an app and its first key, which nobody is told again.
///
/// # Errors
/// `FORBIDDEN` without the permission for staff, and for permissions that the caller does not have; `INVALID`.
pub async fn create(shop: &Shop, context: &Context, input: NewApp) -> Result<WithKey> {
    require_person(context)?;
    require_within(context, input.permissions, &["permissions"])?;
    let name = &name(&input.name)?;
    refuse_past(shop, input.expires_at)?;
    let key = key::make(shop);
    let made = &key;
    let app = shop.transact(context, |tx| async move {
        refuse_too_many(&tx).await?;
        let now = shop.now();
        let row = app::Model {
            id: AppId(shop.new_id()),
            name: name.clone(),
            permissions: input.permissions,
            created_by: context.viewer.actor(),
            version: 1,
            created_at: now,
            updated_at: now,
            expires_at: input.expires_at,
            last_used_at: None,
            revoked_at: None,
        };
        let app = row.into_active_model().insert(tx.db()).await?;
        write_key(&tx, app.id, made).await?;
        let data = json!({ "name": app.name, "permissions": app.permissions.to_string(), "expiresAt": app.expires_at });
        audit(&tx, "app.create", app.id.to_string(), data).await?;
        Ok(app)
    });
    Ok(WithKey { app: app.await?, key })
}

pub(super) async fn write_key(tx: &Tx, app: AppId, key: &str) -> Result<()> {
    let row = app_key::Model {
        id: AppKeyId(tx.shop().new_id()),
        app_id: app,
        key_hash: key::hash(key),
        hint: key::hint(key),
        created_at: tx.shop().now(),
        expires_at: None,
    };
    row.into_active_model().insert(tx.db()).await?;
    Ok(())
}

async fn refuse_too_many(tx: &Tx) -> Result<()> {
    turn::take(tx, Turn::Apps).await?;
    let alive = app::Entity::find().filter(app::Column::RevokedAt.is_null());
    if alive.count(tx.db()).await? >= APPS_MAX {
        let message = messages::apps_max(APPS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    Ok(())
}
