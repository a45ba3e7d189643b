//! Stock: a row for each variant and location.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
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

/// The variants behind `after`.
async fn variants(shop: &Shop, after: Option<Uuid>) -> Result<Vec<variant::Model>> {
    let mut query = variant::Entity::find().filter(variant::Column::DeletedAt.is_null());
    if let Some(after) = after {
        query = query.filter(variant::Column::Id.gt(VariantId(after)));
    }
    Ok(query
        .order_by_asc(variant::Column::Id)
        .limit(PAGE)
        .all(&shop.db)
        .await?)
}

/// A line that counts each of the variants behind `after`, how many they are, and the last of them.
pub(in crate::exports) async fn operations(shop: &Shop, after: Option<Uuid>) -> Result<(Vec<u8>, u64, Option<Uuid>)> {
    let variants = variants(shop, after).await?;
    let ids: Vec<VariantId> = variants.iter().map(|variant| variant.id).collect();
    let (stock, usual) = (
        inventory::stock_of(shop, &ids).await?,
        inventory::usual_location(&shop.db).await?,
    );
    let mut lines = String::new();
    for variant in &variants {
        let at = stock.get(&variant.id).map_or(&[][..], Vec::as_slice);
        if let Some(row) = at.iter().find(|row| Some(row.location_id) == usual) {
            let line = json!({ "op": "stockSet", "sku": variant.sku, "onHand": row.on_hand });
            lines.push_str(&format!("{line}\n"));
        }
    }
    Ok((lines.into_bytes(), variants.len() as u64, ids.last().map(|id| id.0)))
}

pub(super) async fn page(shop: &Shop, after: Option<Uuid>) -> Result<TablePage> {
    let variants = variants(shop, after).await?;
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
