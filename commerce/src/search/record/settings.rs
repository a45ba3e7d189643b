//! Whether searches are counted, as staff say.

use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use vitrine_entity::search_settings;

use crate::{
    Context, Fault, Refusal, Result, Shop,
    error::expect_version,
    sql,
    staff::{Permission, audit, permission},
};

const ONLY_ROW: i32 = 1;

/// What staff said of searches.
///
/// # Errors
/// Refuses those who may not change the catalogue.
pub async fn settings(shop: &Shop, context: &Context) -> Result<search_settings::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    read(&shop.db).await
}

/// Switches the counting on or off. What was counted stays until it is forgotten.
///
/// # Errors
/// Refuses those who may not change the catalogue, and a version that is no longer the settings'.
pub async fn update(
    shop: &Shop,
    context: &Context,
    expected_version: Option<i64>,
    record_searches: bool,
) -> Result<search_settings::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let row = tx.lock::<search_settings::Entity>(ONLY_ROW).await?;
        let mut row = row.ok_or_else(|| Refusal::not_found("setting"))?;
        expect_version("search settings", row.version, expected_version)?;
        if row.record_searches == record_searches {
            return Ok(row);
        }
        row.record_searches = record_searches;
        row.version += 1;
        let sql = "update search_settings set record_searches = $1, version = $2";
        sql::execute(tx.db(), sql, [record_searches.into(), row.version.into()]).await?;
        let data = json!({ "recordSearches": record_searches });
        audit(&tx, "search_settings.update", "search_settings".to_owned(), data).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn is_recording(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(read(db).await?.record_searches)
}

async fn read(db: &impl ConnectionTrait) -> Result<search_settings::Model> {
    let row = search_settings::Entity::find_by_id(ONLY_ROW).one(db).await?;
    Ok(row.ok_or_else(|| Fault::Other("the shop has no settings of its search".to_owned(), None))?)
}
