//! Whose key it is, and what it opens at this moment.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::FromQueryResult;
use vitrine_entity::{
    ids::{AppId, AppKeyId},
    permission::Permissions,
};

use super::key;
use crate::{Result, Shop, sql, transaction::ignore_failure};

/// How exactly it is written down when an app was last there: not with every request.
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// An app that came with a key of its.
pub(in crate::staff) struct Known {
    pub(in crate::staff) id: AppId,
    pub(in crate::staff) permissions: Permissions,
    pub(in crate::staff) key: AppKeyId,
    /// The sooner of the app's end and the key's.
    pub(in crate::staff) expires_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Row {
    id: AppId,
    permissions: Permissions,
    key: AppKeyId,
    app_expires_at: Option<DateTime<Utc>>,
    key_expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
}

const ALIVE: &str = "select a.id, a.permissions, k.id as key, a.expires_at as app_expires_at, \
                     k.expires_at as key_expires_at, a.last_used_at \
                     from app_key k join app a on a.id = k.app_id \
                     where a.revoked_at is null and (a.expires_at is null or a.expires_at > $1) \
                     and (k.expires_at is null or k.expires_at > $1)";

/// `None` for a key that opens nothing, or nothing any more.
pub(in crate::staff) async fn recognise(shop: &Shop, key: &str) -> Result<Option<Known>> {
    if !key::is_well_formed(key) {
        return Ok(None);
    }
    let sql = format!("{ALIVE} and k.key_hash = $2");
    let values = [shop.now().into(), key::hash(key).into()];
    let Some(row) = sql::one::<Row>(&shop.db, &sql, values).await? else {
        return Ok(None);
    };
    note_use(shop, &row).await;
    let ends = [row.app_expires_at, row.key_expires_at];
    Ok(Some(Known {
        id: row.id,
        permissions: row.permissions,
        key: row.key,
        expires_at: ends.into_iter().flatten().min(),
    }))
}

/// What a key that was recognised once opens by now.
pub(in crate::staff) async fn rights(shop: &Shop, app: AppId, key: AppKeyId) -> Result<Option<Permissions>> {
    let sql = format!("{ALIVE} and k.id = $2 and a.id = $3");
    let values = [shop.now().into(), key.into(), app.into()];
    let row = sql::one::<Row>(&shop.db, &sql, values).await?;
    Ok(row.map(|row| row.permissions))
}

/// What an app may do at this moment, whichever key it came with.
pub(in crate::staff) async fn rights_without_key(shop: &Shop, app: AppId) -> Result<Option<Permissions>> {
    let sql = format!("{ALIVE} and a.id = $2 order by k.id limit 1");
    let row = sql::one::<Row>(&shop.db, &sql, [shop.now().into(), app.into()]).await?;
    Ok(row.map(|row| row.permissions))
}

async fn note_use(shop: &Shop, row: &Row) {
    let now = shop.now();
    if row.last_used_at.is_some_and(|last| now < last + USED_EVERY) {
        return;
    }
    // Of many requests at once, one writes.
    let sql = "update app set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3)";
    let values = [row.id.into(), now.into(), (now - USED_EVERY).into()];
    let noted = shop.execute(sql, values).await;
    ignore_failure("noting an app's use", noted.map(drop));
}
