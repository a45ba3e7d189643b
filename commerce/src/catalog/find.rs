//! One product, or one variant.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{ProductId, VariantId},
    product,
    product::ProductStatus,
    slug_redirect::SlugKind,
    variant,
};

pub(super) use super::access::sees_all;
use super::{redirects, slug::is_slug, sold_there};
use crate::{Context, Result, Shop, shown, text, trade};

/// How many variants with one barcode are looked at.
const SAME_BARCODE_MAX: u64 = 20;

/// The product, if the caller may see it: shoppers see active ones, staff all.
pub async fn by_id(shop: &Shop, context: &Context, id: ProductId) -> Result<Option<product::Model>> {
    let found = product::Entity::find_by_id(id).one(&shop.db);
    let found = shown::of([id.0], found).await?;
    shown_to(shop, context, found).await
}

/// As [`by_id`], by the name in its address: that of the product that has it or, if none has, the one that
/// had it last.
pub async fn by_slug(shop: &Shop, context: &Context, slug: &str) -> Result<Option<product::Model>> {
    let slug = &*text::normal(slug).to_lowercase();
    if !is_slug(slug) {
        return Ok(None);
    }
    let found = product::Entity::find()
        .filter(product::Column::Slug.eq(slug))
        .one(&shop.db);
    let id = |found: &Result<Option<product::Model>, DbErr>| Some([found.as_ref().ok()?.as_ref()?.id.0]);
    let found = shown::found_by(found, id).await?;
    if found.is_none()
        && let Some(id) = redirects::slugs::led_to(shop, context, SlugKind::Product, slug).await?
    {
        return by_id(shop, context, ProductId(id)).await;
    }
    shown_to(shop, context, found).await
}

/// What was found, if the caller may see it, and may buy it where they are.
async fn shown_to(shop: &Shop, context: &Context, found: Option<product::Model>) -> Result<Option<product::Model>> {
    let Some(product) = found else { return Ok(None) };
    let is_shown =
        is_shown(shop, context, &product).await? && sold_there::is_sold_to(shop, context, product.id).await?;
    Ok(Some(product).filter(|_| is_shown))
}

/// Whether the caller may see it. Those who have catalogs may be sold other goods than everybody.
async fn is_shown(shop: &Shop, context: &Context, product: &product::Model) -> Result<bool> {
    if !context.terms.changes_goods() {
        return Ok(is_visible(context, product));
    }
    let listed = trade::listed(&shop.db, &context.terms, &[product.id]).await?;
    Ok(match (product.status, listed.get(&product.id)) {
        (ProductStatus::Active, place) => place.is_some() || !context.terms.sells_listed_only(),
        (ProductStatus::Draft, Some(exclusive)) => *exclusive && product.deleted_at.is_none(),
        _ => false,
    })
}

/// The variant, whether it is sold or not: whoever shows it asks [`is_visible`] of its product.
pub async fn variant(shop: &Shop, id: VariantId) -> Result<Option<variant::Model>> {
    Ok(shown::of([id.0], variant::Entity::find_by_id(id).one(&shop.db)).await?)
}

/// As [`variant()`], by SKU.
pub async fn variant_by_sku(shop: &Shop, sku: &str) -> Result<Option<variant::Model>> {
    let sku = text::normal(sku);
    // No stored SKU holds one, and PostgreSQL would fail over a NUL.
    if sku.contains(char::is_control) {
        return Ok(None);
    }
    let found = variant::Entity::find()
        .filter(variant::Column::Sku.eq(sku))
        .one(&shop.db);
    let ids = |found: &Result<Option<variant::Model>, DbErr>| Some([found.as_ref().ok()?.as_ref()?.id.0]);
    Ok(shown::found_by(found, ids).await?)
}

/// One of the ways in which a variant is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariantName {
    Id(VariantId),
    Sku(String),
    Barcode(String),
}

/// The variant, if the caller may see it: shoppers see those that are switched on of active products, staff
/// all. Of several with one barcode the first that is switched on.
pub async fn visible_variant(shop: &Shop, context: &Context, name: &VariantName) -> Result<Option<variant::Model>> {
    let rows = match name {
        VariantName::Id(id) => Vec::from_iter(variant(shop, *id).await?),
        VariantName::Sku(sku) => Vec::from_iter(variant_by_sku(shop, sku).await?),
        VariantName::Barcode(barcode) => variants_by_barcode(shop, barcode).await?,
    };
    for row in rows.into_iter().filter(|row| row.active || sees_all(context)) {
        if by_id(shop, context, row.product_id).await?.is_some() {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

async fn variants_by_barcode(shop: &Shop, barcode: &str) -> Result<Vec<variant::Model>> {
    let barcode = text::normal(barcode);
    if barcode.is_empty() || barcode.contains(char::is_control) {
        return Ok(Vec::new());
    }
    let query = variant::Entity::find()
        .filter(variant::Column::Barcode.eq(barcode))
        .filter(variant::Column::DeletedAt.is_null())
        .order_by_desc(variant::Column::Active)
        .order_by_asc(variant::Column::Id)
        .limit(SAME_BARCODE_MAX);
    Ok(query.all(&shop.db).await?)
}

/// Whether there is any product, whoever may see it.
pub async fn has_products(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(product::Entity::find().count(db).await? > 0)
}

/// Whether the caller may see `product`.
pub fn is_visible(context: &Context, product: &product::Model) -> bool {
    product.status == ProductStatus::Active || sees_all(context)
}
