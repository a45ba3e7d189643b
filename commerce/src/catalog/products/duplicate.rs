//! Staff copy a product, to change the copy.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{PictureId, ProductId, VariantId},
    picture, price, product,
    product::ProductStatus,
    product_attribute, product_option, variant, variant_attribute,
};

use super::slug;
use crate::{
    Context, Error, Result, Shop, Tx,
    catalog::{
        collections, edit,
        fields::Refusals,
        options, relations, safety,
        save::upsert,
        variants::{Family, Wanted, live, name},
        videos,
    },
    events::{self, EventKind},
    metafields::{self, Owner},
    staff::{Permission, audit, require},
    translations,
};

/// Which product is copied, and what the copy is called.
#[derive(Debug, Clone)]
pub struct ProductDuplicate {
    pub product: ProductId,
    /// The title with `(copy)` after it unless given.
    pub title: Option<String>,
    /// Made of the title unless given.
    pub slug: Option<String>,
}

/// Copies a product with its options, variants, prices, attributes, pictures, videos, safety, metafields and translations: a draft,
/// with SKUs of its own and nothing in stock. It stands beside the same products, and in the same collections that are
/// picked by hand.
///
/// # Errors
/// Refuses a slug that is taken.
pub async fn duplicate(shop: &Shop, context: &Context, input: ProductDuplicate) -> Result<product::Model> {
    require(context, Permission::Catalog)?;
    let input = &check(input)?;
    shop.transact(context, |tx| async move {
        let original = edit::open(&tx, input.product, None, "id").await?;
        let id = ProductId(shop.new_id());
        let title = input
            .title
            .clone()
            .unwrap_or_else(|| format!("{} (copy)", original.title));
        let copy = product::Model {
            id,
            slug: slug::free(&tx, input.slug.as_deref(), &title, &id.to_string()).await?,
            title: title.chars().take(255).collect(),
            status: ProductStatus::Draft,
            version: 1,
            created_at: shop.now(),
            updated_at: shop.now(),
            category_before: None,
            ..original.clone()
        };
        product::Entity::insert(copy.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await?;
        events::product(&tx, EventKind::ProductCreated, &copy, copy.version);
        copy_parts(&tx, &original, &copy).await?;
        let copy = edit::close(&tx, copy).await?;
        audit(
            &tx,
            "product.duplicate",
            copy.id.to_string(),
            json!({ "of": original.id, "slug": copy.slug }),
        )
        .await?;
        Ok(copy)
    })
    .await
}

fn check(mut input: ProductDuplicate) -> Result<ProductDuplicate> {
    let mut refusals = Refusals::default();
    refusals.optional(&["title"], &mut input.title, 255);
    refusals.optional(&["slug"], &mut input.slug, 200);
    refusals.any().map_err(Error::Refused)?;
    Ok(input)
}

async fn copy_parts(tx: &Tx, original: &product::Model, copy: &product::Model) -> Result<()> {
    let (from, to, db) = (original.id, copy.id, tx.db());
    let mut chosen_by = product_option::Entity::find()
        .filter(product_option::Column::ProductId.eq(from))
        .all(db)
        .await?;
    chosen_by.iter_mut().for_each(|row| row.product_id = to);
    upsert(db, chosen_by, None).await?;
    options::copy(tx, from, to).await?;
    safety::copy(tx, from, to).await?;
    videos::copy(tx, from, to).await?;
    let mut attributes = product_attribute::Entity::find()
        .filter(product_attribute::Column::ProductId.eq(from))
        .all(db)
        .await?;
    attributes.iter_mut().for_each(|row| row.product_id = to);
    upsert(db, attributes, None).await?;
    let ids = copy_variants(tx, original, copy).await?;
    let mut pictures = picture::Entity::find()
        .filter(picture::Column::ProductId.eq(from))
        .all(db)
        .await?;
    for row in &mut pictures {
        row.id = PictureId(tx.shop().new_id());
        row.product_id = to;
        row.variant_id = row.variant_id.and_then(|id| ids.get(&id).copied());
    }
    upsert(db, pictures, None).await?;
    let mut values = variant_attribute::Entity::find()
        .filter(variant_attribute::Column::VariantId.is_in(ids.keys().copied()))
        .all(db)
        .await?;
    for row in &mut values {
        (row.variant_id, row.product_id) = (ids[&row.variant_id], to);
    }
    upsert(db, values, None).await?;
    let variants = ids
        .iter()
        .map(|(from, to)| (Owner::Variant(*from), Owner::Variant(*to)));
    let owners: Vec<_> = variants.chain([(Owner::Product(from), Owner::Product(to))]).collect();
    metafields::copy(tx, &owners).await?;
    translations::copy(tx, &from.into(), &to.into()).await?;
    relations::copy(tx, from, to).await?;
    collections::join_like(tx, from, to).await
}

/// Copies the variants that are not deleted, with what they cost. Gives which became which.
async fn copy_variants(
    tx: &Tx,
    original: &product::Model,
    copy: &product::Model,
) -> Result<HashMap<VariantId, VariantId>> {
    let mut rows = Family::of(tx, original.clone()).await?.variants;
    rows.retain(live);
    let mut ids = HashMap::new();
    let mut wanted = Vec::new();
    for row in &mut rows {
        let id = VariantId(tx.shop().new_id());
        ids.insert(std::mem::replace(&mut row.id, id), id);
        row.product_id = copy.id;
        wanted.push(Wanted {
            variant: id,
            parts: vec![row.sku.clone(), "copy".to_owned()],
        });
    }
    let mut skus = name(tx, &wanted, HashSet::new()).await?;
    let named = |mut row: variant::Model| {
        row.sku = skus.remove(&row.id).unwrap_or_else(|| row.id.to_string());
        row
    };
    let rows = rows.into_iter().map(named).collect();
    upsert(tx.db(), rows, None).await?;
    let mut prices = price::Entity::find()
        .filter(price::Column::VariantId.is_in(ids.keys().copied()))
        .all(tx.db())
        .await?;
    for row in &mut prices {
        row.variant_id = ids[&row.variant_id];
        // The copy was not sold before.
        row.lowest_minor = None;
    }
    upsert(tx.db(), prices, None).await?;
    Ok(ids)
}
