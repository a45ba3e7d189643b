//! Stock: a row for each variant and location.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use vitrine_entity::{
    ids::{LocationId, ProductId, VariantId},
    location, variant,
};

use super::{PAGE, TablePage};
use crate::{Result, Shop, catalog::load, inventory};

pub(super) const COLUMNS: [&str; 9] = [
    "Handle",
    "Title",
    "Variant",
    "SKU",
    "Location",
    "Location ID",
    "On hand",
    "Reserved",
    "Available",
];

pub(super) async fn page(shop: &Shop, after: Option<Uuid>) -> Result<TablePage> {
    let mut query = variant::Entity::find().filter(variant::Column::DeletedAt.is_null());
    if let Some(after) = after {
        query = query.filter(variant::Column::Id.gt(VariantId(after)));
    }
    let query = query.order_by_asc(variant::Column::Id).limit(PAGE);
    let variants = query.all(&shop.db).await?;
    let ids: Vec<VariantId> = variants.iter().map(|variant| variant.id).collect();
    let products: Vec<ProductId> = variants.iter().map(|variant| variant.product_id).collect();
    let products = load::products(shop, &products).await?;
    let stock = inventory::stock_of(shop, &ids).await?;
    let locations: HashMap<LocationId, String> = location::Entity::find()
        .all(&shop.db)
        .await?
        .into_iter()
        .map(|location| (location.id, location.name))
        .collect();
    let rows = variants.iter().flat_map(|variant| {
        let product = products.get(&variant.product_id);
        let at = stock.get(&variant.id).map_or(&[][..], Vec::as_slice).iter();
        let (locations, variant) = (&locations, variant);
        at.map(move |row| {
            vec![
                product.map(|product| product.slug.clone()).unwrap_or_default(),
                product.map(|product| product.title.clone()).unwrap_or_default(),
                variant.title.clone(),
                variant.sku.clone(),
                locations.get(&row.location_id).cloned().unwrap_or_default(),
                row.location_id.to_string(),
                row.on_hand.to_string(),
                row.reserved.to_string(),
                (row.on_hand - row.reserved).to_string(),
            ]
        })
    });
    Ok(TablePage {
        rows: rows.collect(),
        things: variants.len() as u64,
        last: ids.last().map(|id| id.0),
    })
}
