//! Staff take a flag away, and bring it back.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::flag;

use super::{
    check,
    row::{said, tell, unsaid},
    set::{room, write},
};
use crate::{
    Context, Refusal, Result, Shop,
    error::expect_version,
    flags::Capability,
    settings::store,
    staff::{Permission, audit, permission},
};

/// Takes a flag away: it is off for everybody. A capability is again what it was before anybody said anything. One that was
/// taken away stays so.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the flag's.
pub async fn delete(shop: &Shop, context: &Context, name: &str, expected_version: Option<i64>) -> Result<flag::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let name = &check::name(name)?;
    shop.transact(context, |tx| async move {
        let profile = store::lock(&tx).await?;
        let Some(before) = flag::Entity::find_by_id(name.as_str()).one(tx.db()).await? else {
            return match Capability::named(name) {
                Some(_) => Ok(unsaid(name, shop.now())),
                None => Err(missing().into()),
            };
        };
        if before.deleted_at.is_some() {
            return Ok(before);
        }
        expect_version("flag", before.version, expected_version)?;
        let after = flag::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            deleted_at: Some(shop.now()),
            ..before.clone()
        };
        write(&tx, &after, true).await?;
        tell(&tx, profile, &after).await?;
        let data = json!({ "before": said(&before), "after": said(&after) });
        audit(&tx, "flag.delete", name.clone(), data).await?;
        Ok(after)
    })
    .await
}

/// Brings a flag back as it was. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not, and one more flag than a shop has.
pub async fn restore(shop: &Shop, context: &Context, name: &str) -> Result<flag::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let name = &check::name(name)?;
    shop.transact(context, |tx| async move {
        let profile = store::lock(&tx).await?;
        let row = flag::Entity::find_by_id(name.as_str()).one(tx.db()).await?;
        let before = row.ok_or_else(missing)?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        room(&profile, name)?;
        let after = flag::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            deleted_at: None,
            ..before.clone()
        };
        write(&tx, &after, true).await?;
        tell(&tx, profile, &after).await?;
        let data = json!({ "before": said(&before), "after": said(&after) });
        audit(&tx, "flag.restore", name.clone(), data).await?;
        Ok(after)
    })
    .await
}

fn missing() -> Refusal {
    Refusal::not_found("flag").at(&["name"])
}
