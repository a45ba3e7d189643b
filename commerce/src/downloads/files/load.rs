use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    ids::VariantId,
    variant_file::{self, Column},
};

use crate::{Result, Shop};

/// The files of variants, in their order. Unscoped: whoever shows them asks for the permission.
pub async fn of_variants(shop: &Shop, variants: &[VariantId]) -> Result<HashMap<VariantId, Vec<variant_file::Model>>> {
    let rows = variant_file::Entity::find()
        .filter(Column::VariantId.is_in(variants.iter().copied()))
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(&shop.db)
        .await?;
    let mut files: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        files.entry(row.variant_id).or_default().push(row);
    }
    Ok(files)
}
