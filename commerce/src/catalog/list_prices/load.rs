//! What variants cost in the currencies of the price lists.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::VariantId, price};

use crate::{Result, Shop, sql};

/// The prices of each variant, but for those in the shop's own currency; in the order of the currencies. Unscoped: whoever
/// shows them asks for the permission.
pub async fn of_variants(shop: &Shop, variants: &[VariantId]) -> Result<HashMap<VariantId, Vec<price::Model>>> {
    let profile = shop.profile();
    let others = profile.price_lists.iter().map(|list| list.currency);
    let rows = price::Entity::find()
        .filter(sql::among(&shop.db, price::Column::VariantId, variants.iter().copied()))
        .filter(price::Column::Currency.is_in(others))
        .order_by_asc(price::Column::Currency)
        .all(&shop.db)
        .await?;
    let mut prices: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        prices.entry(row.variant_id).or_default().push(row);
    }
    Ok(prices)
}
