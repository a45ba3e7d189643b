//! What other software keeps with something.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::{Value, json};
use vitrine_entity::metafield;

use super::file::THINGS_MAX;
use crate::{Result, Shop};

pub(super) async fn metafields(shop: &Shop, owner: &str) -> Result<Vec<Value>> {
    let rows = metafield::Entity::find()
        .filter(metafield::Column::Owner.eq(owner))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let shown = |row: metafield::Model| json!({ "namespace": row.namespace, "key": row.key, "value": row.value });
    Ok(rows.into_iter().map(shown).collect())
}
