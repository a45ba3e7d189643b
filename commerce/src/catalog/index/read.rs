//! What the engine should hold, read from the database.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{currency::Currency, ids::ProductId, product, product::ProductStatus, product_listing};

use super::{
    document::{Sources, document},
    listing,
};
use crate::{
    Context, Result, Shop,
    catalog::{categories, load},
    ports::search::SearchDocument,
};

/// The most products whose documents are built at once.
pub(super) const PRODUCTS_MAX: usize = 500;

/// The documents of up to `limit` active products after `after`, in the order of their ids.
pub async fn documents(shop: &Shop, after: Option<ProductId>, limit: u64) -> Result<Vec<SearchDocument>> {
    let currency = Context::system(shop, "search-documents").currency;
    let ids = active_after(shop, currency, after, limit).await?;
    let mut documents = documents_of(shop, currency, &ids).await?;
    Ok(ids.iter().filter_map(|id| documents.remove(id)).collect())
}

/// What the engine should know of `products`; one that is not active, or has no price, is missing.
pub(super) async fn documents_of(
    shop: &Shop,
    currency: Currency,
    products: &[ProductId],
) -> Result<HashMap<ProductId, SearchDocument>> {
    let mut rows = load::products(shop, products).await?;
    rows.retain(|_, product| product.status == ProductStatus::Active);
    let active: Vec<_> = rows.keys().copied().collect();
    if active.is_empty() {
        return Ok(HashMap::new());
    }
    let listings = listing::read(&shop.db, currency, &active).await?;
    let variants = load::variants_of(shop, &active).await?;
    let in_stock = load::variants_to_be_had(shop, &active).await?;
    let options = load::options_of(shop, &active).await?;
    let attributes = load::attributes_of(shop, &active).await?;
    let variant_attributes = load::variant_attributes_of(shop, &active).await?;
    let collections = load::collections_of(shop, &active).await?;
    let tree = categories::Tree::new(categories::all(shop).await?);
    let documents = rows.into_iter().filter_map(|(id, product)| {
        let path = product
            .category_id
            .map(|category| tree.path(category))
            .unwrap_or_default();
        let sources = Sources {
            listing: listings.get(&id)?,
            variants: variants.get(&id).map_or(&[], Vec::as_slice),
            in_stock: &in_stock,
            options: options.get(&id).map_or(&[], Vec::as_slice),
            attributes: attributes.get(&id).map_or(&[], Vec::as_slice),
            variant_attributes: variant_attributes.get(&id).map_or(&[], Vec::as_slice),
            collections: collections
                .get(&id)
                .into_iter()
                .flatten()
                .filter(|collection| collection.published)
                .map(|collection| collection.slug.as_str())
                .collect(),
            categories: path.into_iter().map(|category| category.slug.as_str()).collect(),
        };
        Some((id, document(&product, &sources)))
    });
    Ok(documents.collect())
}

/// Active products with a price, in the order of their ids.
pub(super) async fn active_after(
    shop: &Shop,
    currency: Currency,
    after: Option<ProductId>,
    limit: u64,
) -> Result<Vec<ProductId>> {
    let mut query = active(currency).order_by_asc(product::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(product::Column::Id.gt(after));
    }
    Ok(query.into_tuple().all(&shop.db).await?)
}

/// The ids of active products with a price: what the engine should have.
pub(super) fn active(currency: Currency) -> Select<product::Entity> {
    let listing = |column| Expr::col((product_listing::Entity, column));
    let listed = listing(product_listing::Column::ProductId)
        .equals((product::Entity, product::Column::Id))
        .and(listing(product_listing::Column::Currency).eq(currency));
    let mut query = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Status.eq(ProductStatus::Active));
    QuerySelect::query(&mut query).join(JoinType::InnerJoin, product_listing::Entity, listed);
    query
}
