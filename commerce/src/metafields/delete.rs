//! Deletes metafields.

use sea_orm::{EntityTrait, ModelTrait};
use serde_json::json;
use vitrine_entity::metafield;

use super::{owner::Owner, set::FIELDS_AT_ONCE_MAX};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    staff::{audit, permission},
};

/// Which metafield of which thing.
#[derive(Debug, Clone)]
pub struct MetafieldName {
    pub owner: Owner,
    pub namespace: String,
    pub key: String,
}

/// Deletes metafields, and gives those that were there as they were: whoever sets them again has them back.
///
/// # Errors
/// Refuses whoever may not change what one of them is kept with; then none is deleted.
pub async fn delete(shop: &Shop, context: &Context, names: Vec<MetafieldName>) -> Result<Vec<metafield::Model>> {
    for name in &names {
        permission::require_or_system(context, name.owner.permission())?;
    }
    let count = names.len();
    if !(1..=FIELDS_AT_ONCE_MAX).contains(&count) {
        let message = format!("Between 1 and {FIELDS_AT_ONCE_MAX} metafields can be deleted at once, not {count}.");
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["metafields"]).into());
    }
    let names = &names;
    shop.transact(context, |tx| async move {
        let mut deleted = Vec::new();
        // No stored name has a control character, and PostgreSQL would fail over a NUL.
        let possible = |name: &&MetafieldName| ![&name.namespace, &name.key].iter().any(|text| text.contains('\0'));
        for name in names.iter().filter(possible) {
            let key = (name.owner.to_string(), name.namespace.clone(), name.key.clone());
            let Some(row) = metafield::Entity::find_by_id(key).one(tx.db()).await? else {
                continue;
            };
            row.clone().delete(tx.db()).await?;
            let data = json!({ "metafield": format!("{}.{}", row.namespace, row.key), "kind": sea_orm::ActiveEnum::to_value(&row.kind) });
            audit(&tx, "metafields.delete", name.owner.to_string(), data).await?;
            deleted.push(row);
        }
        Ok(deleted)
    })
    .await
}
