//! Deletes metafields.

use sea_orm::{EntityTrait, IntoActiveModel, ModelTrait, sea_query::OnConflict};
use serde_json::json;
use vitrine_entity::{metafield, metafield_deleted as deleted};

use super::{owner::Owner, set::FIELDS_AT_ONCE_MAX};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    staff::{audit, permission},
};

/// Which metafield of which thing.
#[derive(Debug, Clone)]
pub struct MetafieldName {
    pub owner: Owner,
    pub namespace: String,
    pub key: String,
}

/// Deletes metafields, and gives those that were there as they were. They can be restored.
///
/// # Errors
/// Refuses whoever may not change what one of them is kept with; then none is deleted.
pub async fn delete(shop: &Shop, context: &Context, names: Vec<MetafieldName>) -> Result<Vec<metafield::Model>> {
    for name in &names {
        permission::require_or_system(context, name.owner.permission())?;
    }
    check_count(names.len(), "deleted")?;
    let names = &names;
    shop.transact(context, |tx| async move {
        let mut deleted = Vec::new();
        for name in names.iter().filter(|name| is_possible(name)) {
            let key = (name.owner.to_string(), name.namespace.clone(), name.key.clone());
            let Some(row) = metafield::Entity::find_by_id(key).one(tx.db()).await? else {
                continue;
            };
            row.clone().delete(tx.db()).await?;
            keep(&tx, &row).await?;
            let data = json!({ "metafield": format!("{}.{}", row.namespace, row.key), "kind": sea_orm::ActiveEnum::to_value(&row.kind) });
            audit(&tx, "metafields.delete", name.owner.to_string(), data).await?;
            deleted.push(row);
        }
        Ok(deleted)
    })
    .await
}

/// Keeps it to be restored, in the place of an earlier one of its name.
async fn keep(tx: &Tx, row: &metafield::Model) -> Result<()> {
    use deleted::Column as C;
    let row = row.clone();
    let kept = deleted::Model {
        owner: row.owner,
        namespace: row.namespace,
        key: row.key,
        kind: row.kind,
        value: row.value,
        public: row.public,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        deleted_at: tx.shop().now(),
    };
    let mut replace = OnConflict::columns([C::Owner, C::Namespace, C::Key]);
    replace.update_columns([
        C::Kind,
        C::Value,
        C::Public,
        C::Version,
        C::CreatedAt,
        C::UpdatedAt,
        C::DeletedAt,
    ]);
    deleted::Entity::insert(kept.into_active_model())
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

pub(super) fn check_count(count: usize, what: &str) -> Result<(), Refusal> {
    if (1..=FIELDS_AT_ONCE_MAX).contains(&count) {
        return Ok(());
    }
    let message = format!("Between 1 and {FIELDS_AT_ONCE_MAX} metafields can be {what} at once, not {count}.");
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["metafields"]))
}

/// No stored name has a control character, and PostgreSQL would fail over a NUL.
pub(super) fn is_possible(name: &MetafieldName) -> bool {
    ![&name.namespace, &name.key].iter().any(|text| text.contains('\0'))
}
