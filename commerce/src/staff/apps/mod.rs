//! Apps: programs that work here as staff do, each with a key and within its permissions.

mod create;
mod key;
mod list;
mod recognise;
mod revoke;
mod rotate;
mod update;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{app, app_key, ids::AppId};

pub use self::{
    create::{NewApp, create},
    list::{AppFilter, list},
    revoke::revoke,
    rotate::{Rotate, rotate},
    update::{AppUpdate, update},
};
pub(super) use self::{
    key::is_key,
    recognise::{recognise, rights, rights_without_key},
};
use crate::{ErrorCode, Refusal, Result, Shop, Tx, language::messages, text};

/// The most apps that a shop has at a time.
pub const APPS_MAX: u64 = 100;

const NAME_LENGTH_MAX: usize = 100;

/// An app with a key of its that nobody is told again. It has no `Debug`: it holds the key.
pub struct WithKey {
    pub app: app::Model,
    pub key: String,
}

/// An app by id. Unscoped: the caller must have asked who may see it.
pub async fn find(shop: &Shop, id: AppId) -> Result<Option<app::Model>> {
    Ok(app::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Apps by id, for a page's worth. Unscoped.
pub async fn by_ids(shop: &Shop, ids: &[AppId]) -> Result<HashMap<AppId, app::Model>> {
    let wanted = app::Column::Id.is_in(ids.iter().copied());
    let rows = app::Entity::find().filter(wanted).all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The keys of apps, oldest first; those that open nothing any more are left out. Unscoped.
pub async fn keys_of(shop: &Shop, apps: &[AppId]) -> Result<HashMap<AppId, Vec<app_key::Model>>> {
    let rows = app_key::Entity::find()
        .filter(app_key::Column::AppId.is_in(apps.iter().copied()))
        .order_by_asc(app_key::Column::Id)
        .all(&shop.db)
        .await?;
    let now = shop.now();
    let mut keys: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows
        .into_iter()
        .filter(|row| row.expires_at.is_none_or(|end| now < end))
    {
        keys.entry(row.app_id).or_default().push(row);
    }
    Ok(keys)
}

/// An app that is about to be changed, locked.
async fn locked(tx: &Tx, id: AppId) -> Result<app::Model> {
    let row = any(tx, id).await?;
    if row.revoked_at.is_some() {
        let message = messages::app_revoked(&row.name);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
    }
    Ok(row)
}

/// As [`locked`], revoked or not.
async fn any(tx: &Tx, id: AppId) -> Result<app::Model> {
    let row = tx.lock::<app::Entity>(id).await?;
    row.ok_or_else(|| Refusal::not_found("app").at(&["id"]).into())
}

fn name(text: &str) -> Result<String, Refusal> {
    text::line(&["name"], text, NAME_LENGTH_MAX)
}

fn refuse_past(shop: &Shop, expires_at: Option<DateTime<Utc>>) -> Result<()> {
    match expires_at {
        Some(end) if end <= shop.now() => {
            let message = messages::app_expired_already();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["expiresAt"]).into())
        }
        _ => Ok(()),
    }
}
