//! Reads the parts of many products at once, each kind in one statement: what stands behind the
//! API's data loaders. A key that has nothing is missing from the answer. None of them asks who
//! is asking: whoever holds an id has got it from a list or finder that did.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{
    category, collection, collection_product,
    currency::Currency,
    ids::{CategoryId, ProductId, VariantId},
    picture, price, product, product_attribute, product_listing, product_option, variant, variant_attribute,
};

use crate::{Result, Shop, sql};

pub async fn products(shop: &Shop, ids: &[ProductId]) -> Result<HashMap<ProductId, product::Model>> {
    let query = product::Entity::find().filter(sql::among(&shop.db, product::Column::Id, ids.iter().copied()));
    Ok(by_key(query.all(&shop.db).await?, |row| row.id))
}

pub async fn variants(shop: &Shop, ids: &[VariantId]) -> Result<HashMap<VariantId, variant::Model>> {
    let query = variant::Entity::find().filter(sql::among(&shop.db, variant::Column::Id, ids.iter().copied()));
    Ok(by_key(query.all(&shop.db).await?, |row| row.id))
}

/// The active variants of each product, in their order.
pub async fn variants_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<variant::Model>>> {
    let query = variant::Entity::find()
        .filter(sql::among(
            &shop.db,
            variant::Column::ProductId,
            products.iter().copied(),
        ))
        .filter(variant::Column::Active.eq(true))
        .order_by_asc(variant::Column::Position)
        .order_by_asc(variant::Column::Id);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.product_id))
}

/// All variants of each product in their order, those that are switched off or deleted too.
pub async fn all_variants_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<variant::Model>>> {
    let query = variant::Entity::find()
        .filter(sql::among(
            &shop.db,
            variant::Column::ProductId,
            products.iter().copied(),
        ))
        .order_by_asc(variant::Column::Position)
        .order_by_asc(variant::Column::Id);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.product_id))
}

/// What each variant costs in a currency.
pub async fn prices_of(
    shop: &Shop,
    currency: Currency,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, price::Model>> {
    let query = price::Entity::find()
        .filter(sql::among(&shop.db, price::Column::VariantId, variants.iter().copied()))
        .filter(price::Column::Currency.eq(currency));
    Ok(by_key(query.all(&shop.db).await?, |row| row.variant_id))
}

/// The pictures of a product.
#[derive(Debug, Clone, Default)]
pub struct Gallery {
    /// Every source once, in order.
    pub pictures: Vec<picture::Model>,
    /// The picture that shows each variant, where one does.
    pub of_variants: HashMap<VariantId, picture::Model>,
}

/// As [`galleries_of`], without what shows which variant.
pub async fn pictures_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<picture::Model>>> {
    let galleries = galleries_of(shop, products).await?.into_iter();
    Ok(galleries
        .map(|(product, gallery)| (product, gallery.pictures))
        .collect())
}

/// The gallery of each product.
pub async fn galleries_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Gallery>> {
    let query = picture::Entity::find()
        .filter(sql::among(
            &shop.db,
            picture::Column::ProductId,
            products.iter().copied(),
        ))
        .order_by_asc(picture::Column::Position)
        .order_by_asc(picture::Column::Id);
    let mut galleries: HashMap<ProductId, Gallery> = HashMap::new();
    for row in query.all(&shop.db).await? {
        let gallery = galleries.entry(row.product_id).or_default();
        if let Some(variant) = row.variant_id {
            gallery.of_variants.entry(variant).or_insert_with(|| row.clone());
        }
        // A picture that shows several variants has a row for each, at the same place.
        let is_it = |kept: &picture::Model| kept.position == row.position && kept.source == row.source;
        if !gallery.pictures.last().is_some_and(is_it) {
            gallery.pictures.push(row);
        }
    }
    Ok(galleries)
}

/// The picture that shows each variant, where one does.
pub async fn variant_pictures(shop: &Shop, variants: &[VariantId]) -> Result<HashMap<VariantId, picture::Model>> {
    let rows = picture::Entity::find()
        .filter(sql::among(
            &shop.db,
            picture::Column::VariantId,
            variants.iter().copied(),
        ))
        .all(&shop.db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.variant_id?, row)))
        .collect())
}

/// What each product is chosen by, in order.
pub async fn options_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<product_option::Model>>> {
    let query = product_option::Entity::find()
        .filter(sql::among(
            &shop.db,
            product_option::Column::ProductId,
            products.iter().copied(),
        ))
        .order_by_asc(product_option::Column::Position);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.product_id))
}

/// The named values of each product, by name, then in their order.
pub async fn attributes_of(
    shop: &Shop,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Vec<product_attribute::Model>>> {
    let query = product_attribute::Entity::find()
        .filter(sql::among(
            &shop.db,
            product_attribute::Column::ProductId,
            products.iter().copied(),
        ))
        .order_by_asc(product_attribute::Column::Name)
        .order_by_asc(product_attribute::Column::Position)
        .order_by_asc(product_attribute::Column::Value);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.product_id))
}

/// The named values of each variant.
pub async fn attributes_of_variants(
    shop: &Shop,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<variant_attribute::Model>>> {
    let query = variant_attribute::Entity::find()
        .filter(sql::among(
            &shop.db,
            variant_attribute::Column::VariantId,
            variants.iter().copied(),
        ))
        .order_by_asc(variant_attribute::Column::Name)
        .order_by_asc(variant_attribute::Column::Position)
        .order_by_asc(variant_attribute::Column::Value);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.variant_id))
}

/// The listing row of each product, in a currency.
pub async fn listings_of(
    shop: &Shop,
    currency: Currency,
    products: &[ProductId],
) -> Result<HashMap<ProductId, product_listing::Model>> {
    let query = product_listing::Entity::find()
        .filter(sql::among(
            &shop.db,
            product_listing::Column::ProductId,
            products.iter().copied(),
        ))
        .filter(product_listing::Column::Currency.eq(currency));
    Ok(by_key(query.all(&shop.db).await?, |row| row.product_id))
}

pub async fn categories(shop: &Shop, ids: &[CategoryId]) -> Result<HashMap<CategoryId, category::Model>> {
    let query = category::Entity::find()
        .filter(sql::among(&shop.db, category::Column::Id, ids.iter().copied()))
        .filter(category::Column::DeletedAt.is_null());
    Ok(by_key(query.all(&shop.db).await?, |row| row.id))
}

/// The collections that hold each product, published or not, in the shop's order of collections.
pub async fn collections_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<collection::Model>>> {
    let joined = Expr::col((collection_product::Entity, collection_product::Column::CollectionId))
        .equals((collection::Entity, collection::Column::Id));
    let mut query = collection::Entity::find()
        .column_as(collection_product::Column::ProductId, "product_id")
        .filter(sql::among(
            &shop.db,
            collection_product::Column::ProductId,
            products.iter().copied(),
        ))
        .filter(collection::Column::DeletedAt.is_null())
        .order_by_asc(collection::Column::Position)
        .order_by_asc(collection::Column::Id);
    QuerySelect::query(&mut query).join(JoinType::InnerJoin, collection_product::Entity, joined);
    let rows = query.into_model::<Membership>().all(&shop.db).await?;
    let mut collections: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        collections.entry(row.product_id).or_default().push(row.collection);
    }
    Ok(collections)
}

struct Membership {
    product_id: ProductId,
    collection: collection::Model,
}

impl FromQueryResult for Membership {
    fn from_query_result(row: &QueryResult, prefix: &str) -> std::result::Result<Self, DbErr> {
        Ok(Self {
            product_id: row.try_get(prefix, "product_id")?,
            collection: collection::Model::from_query_result(row, prefix)?,
        })
    }
}

fn by_key<T, K: Hash + Eq>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, T> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}
