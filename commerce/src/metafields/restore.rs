//! Brings deleted metafields back.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{metafield, metafield_deleted as deleted};

use super::{
    delete::{MetafieldName, check_count, is_possible},
    set::FIELDS_OF_OWNER_MAX,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    staff::{audit, require},
    turn::{self, Turn},
};

/// Restores metafields as they were, at their next version: all of them or, where one is refused, none.
///
/// # Errors
/// Refuses whoever may not change what one of them is kept with, one that never was, and one that was set
/// again meanwhile.
pub async fn restore(shop: &Shop, context: &Context, names: Vec<MetafieldName>) -> Result<Vec<metafield::Model>> {
    for name in &names {
        require(context, name.owner.permission())?;
    }
    check_count(names.len(), "restored")?;
    let names = &names;
    shop.transact(context, |tx| async move {
        let mut restored = Vec::new();
        for (index, name) in names.iter().enumerate() {
            restored.push(bring_back(&tx, name, &index.to_string()).await?);
        }
        Ok(restored)
    })
    .await
}

async fn bring_back(tx: &Tx, name: &MetafieldName, index: &str) -> Result<metafield::Model> {
    let key = || (name.owner.to_string(), name.namespace.clone(), name.key.clone());
    let found = match is_possible(name) {
        true => deleted::Entity::find_by_id(key()).one(tx.db()).await?,
        false => None,
    };
    let there = match is_possible(name) {
        true => metafield::Entity::find_by_id(key()).one(tx.db()).await?,
        false => None,
    };
    let gone = match (found, &there) {
        (Some(gone), _) => gone,
        // It was brought back before.
        (None, Some(there)) => return Ok(there.clone()),
        (None, None) => {
            return Err(Refusal::not_found("deleted metafield")
                .at(&["metafields", index])
                .into());
        }
    };
    if there.is_some() {
        let message = messages::metafield_set_again();
        return Err(Refusal::new(ErrorCode::Taken, message)
            .at(&["metafields", index])
            .into());
    }
    if !name.owner.exists(tx.db()).await? {
        return Err(Refusal::not_found("thing").at(&["metafields", index, "ownerId"]).into());
    }
    turn::take(tx, Turn::Metafields).await?;
    let own = metafield::Entity::find().filter(metafield::Column::Owner.eq(name.owner.to_string()));
    if own.count(tx.db()).await? >= FIELDS_OF_OWNER_MAX {
        let message = messages::metafields_of_thing_max(FIELDS_OF_OWNER_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message)
            .at(&["metafields", index])
            .into());
    }
    let row = metafield::Model {
        owner: gone.owner.clone(),
        namespace: gone.namespace.clone(),
        key: gone.key.clone(),
        kind: gone.kind,
        value: gone.value.clone(),
        public: gone.public,
        version: gone.version + 1,
        created_at: gone.created_at,
        updated_at: tx.shop().now(),
    };
    let row = row.into_active_model().insert(tx.db()).await?;
    gone.delete(tx.db()).await?;
    let data = json!({ "metafield": format!("{}.{}", row.namespace, row.key) });
    audit(tx, "metafields.restore", name.owner.to_string(), data).await?;
    Ok(row)
}
