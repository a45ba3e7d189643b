//! Reads stock, many variants at a time.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::VariantId, stock};

use crate::{Result, Shop, sql};

/// The stock of each variant, by location.
pub async fn stock_of(shop: &Shop, variants: &[VariantId]) -> Result<HashMap<VariantId, Vec<stock::Model>>> {
    let rows = stock::Entity::find()
        .filter(sql::among(&shop.db, stock::Column::VariantId, variants.iter().copied()))
        .order_by_asc(stock::Column::LocationId)
        .all(&shop.db)
        .await?;
    let mut by_variant: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        by_variant.entry(row.variant_id).or_default().push(row);
    }
    Ok(by_variant)
}
