//! What belongs to some products, read with a fixed number of statements.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    category,
    currency::Currency,
    ids::{CategoryId, ProductId, VariantId},
    metafield, picture, price, product, product_attribute, product_option, stock_policy, variant,
};

use crate::{
    Result, Shop,
    catalog::{categories, load},
    inventory,
    metafields::{self, Owner},
};

/// Some products, and all that the file says of them.
pub(super) struct Batch {
    pub(super) products: Vec<product::Model>,
    /// All that the shop has.
    pub(super) categories: HashMap<CategoryId, category::Model>,
    pub(super) variants: HashMap<ProductId, Vec<variant::Model>>,
    pub(super) prices: HashMap<VariantId, price::Model>,
    /// Units at the location that an import counts at.
    pub(super) on_hand: HashMap<VariantId, i64>,
    /// Of those of which staff or a file said something.
    pub(super) policies: HashMap<VariantId, stock_policy::Model>,
    pub(super) options: HashMap<ProductId, Vec<product_option::Model>>,
    pub(super) attributes: HashMap<ProductId, Vec<product_attribute::Model>>,
    pub(super) pictures: HashMap<ProductId, Vec<picture::Model>>,
    pub(super) variant_pictures: HashMap<VariantId, picture::Model>,
    pub(super) metafields: HashMap<Owner, Vec<metafield::Model>>,
}

impl Batch {
    /// The next `limit` products behind `after`, in the order in which they were created.
    pub(super) async fn load(shop: &Shop, currency: Currency, after: Option<ProductId>, limit: u64) -> Result<Self> {
        let mut query = product::Entity::find().filter(product::Column::DeletedAt.is_null());
        if let Some(after) = after {
            query = query.filter(product::Column::Id.gt(after));
        }
        let query = query.order_by_asc(product::Column::Id).limit(limit);
        let products = query.all(&shop.db).await?;
        let ids: Vec<ProductId> = products.iter().map(|product| product.id).collect();
        let mut variants = load::all_variants_of(shop, &ids).await?;
        for rows in variants.values_mut() {
            rows.retain(|row| row.deleted_at.is_none());
        }
        let variant_ids: Vec<VariantId> = variants.values().flatten().map(|row| row.id).collect();
        let owners: Vec<Owner> = ids.iter().map(|id| (*id).into()).collect();
        Ok(Self {
            categories: categories::all(shop)
                .await?
                .into_iter()
                .map(|row| (row.id, row))
                .collect(),
            prices: load::prices_of(shop, currency, &variant_ids).await?,
            on_hand: on_hand(shop, &variant_ids).await?,
            policies: inventory::policies_of(shop, &variant_ids).await?,
            options: load::options_of(shop, &ids).await?,
            attributes: load::attributes_of(shop, &ids).await?,
            pictures: load::pictures_of(shop, &ids).await?,
            variant_pictures: load::variant_pictures(shop, &variant_ids).await?,
            metafields: metafields::of_owners(shop, &owners).await?,
            variants,
            products,
        })
    }
}

impl Batch {
    /// The names on the way to a category: `Furniture > Chairs`.
    pub(super) fn path(&self, category: CategoryId) -> String {
        let (mut names, mut next) = (Vec::new(), Some(category));
        // The tree is not as deep as it has categories.
        while let Some(row) = next
            .and_then(|id| self.categories.get(&id))
            .filter(|_| names.len() <= self.categories.len())
        {
            names.push(row.name.as_str());
            next = row.parent_id;
        }
        names.reverse();
        names.join(" > ")
    }
}

async fn on_hand(shop: &Shop, variants: &[VariantId]) -> Result<HashMap<VariantId, i64>> {
    let Some(usual) = inventory::usual_location(&shop.db).await? else {
        return Ok(HashMap::new());
    };
    let stock = inventory::stock_of(shop, variants).await?.into_iter();
    let there = stock.filter_map(|(variant, rows)| {
        let row = rows.into_iter().find(|row| row.location_id == usual)?;
        Some((variant, row.on_hand))
    });
    Ok(there.collect())
}
