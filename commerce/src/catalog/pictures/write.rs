//! Changes a product's pictures, as every change of a product is made.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use vitrine_entity::{
    ids::{PictureId, ProductId, VariantId},
    picture, product, variant,
};

use super::gallery::Gallery;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{save::PICTURES_MAX, update::row},
    error::expect_version,
    language::messages,
    staff::{Permission, audit, require},
};

/// Which product, and what somebody saw of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of {
    pub(super) product: ProductId,
    pub(super) expected_version: Option<i64>,
}

/// Locks the product, has its gallery changed, and writes it at the product's next version, where it is
/// another than before.
pub(super) async fn changed<F, Fut>(
    shop: &Shop,
    context: &Context,
    of: Of,
    action: &'static str,
    change: F,
) -> Result<product::Model>
where
    F: Fn(Tx, Gallery) -> Fut + Send + Sync,
    Fut: Future<Output = Result<(Gallery, Value)>> + Send,
{
    require(context, Permission::Catalog)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let product = locked(&tx, of.product).await?;
        let before = read(&tx, product.id).await?;
        let changed = change(tx.clone(), before.clone()).await;
        // As it is to be, perhaps because it was asked for before: at whichever version.
        if matches!(&changed, Ok((after, _)) if *after == before) {
            return Ok(product);
        }
        expect_version("product", product.version, of.expected_version)?;
        let (after, data) = changed?;
        if after.0.len() > PICTURES_MAX {
            let message = messages::product_pictures_max(PICTURES_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["pictures"]).into());
        }
        replace(&tx, product.id, &after).await?;
        let product = row::write(&tx, product).await?;
        audit(&tx, action, product.id.to_string(), data).await?;
        Ok(product)
    })
    .await
}

async fn locked(tx: &Tx, id: ProductId) -> Result<product::Model> {
    let found = tx.lock::<product::Entity>(id).await?;
    Ok(found.ok_or_else(|| Refusal::not_found("product").at(&["productId"]))?)
}

async fn read(tx: &Tx, product: ProductId) -> Result<Gallery> {
    let rows = picture::Entity::find()
        .filter(picture::Column::ProductId.eq(product))
        .order_by_asc(picture::Column::Position)
        .order_by_asc(picture::Column::Id);
    Ok(Gallery::read(rows.all(tx.db()).await?))
}

async fn replace(tx: &Tx, product: ProductId, gallery: &Gallery) -> Result<()> {
    let stale = picture::Entity::delete_many().filter(picture::Column::ProductId.eq(product));
    stale.exec(tx.db()).await?;
    let rows = gallery.rows(product, || PictureId(tx.shop().new_id()));
    // A picture may show thousands of variants.
    for rows in rows.chunks(1_000) {
        let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
        picture::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// The variants, each once, which must be the product's.
pub(super) async fn own_variants(
    tx: &Tx,
    product: ProductId,
    wanted: &[VariantId],
    field: &[&str],
) -> Result<Vec<VariantId>> {
    let mut variants: Vec<VariantId> = Vec::new();
    for id in wanted {
        if !variants.contains(id) {
            variants.push(*id);
        }
    }
    if variants.is_empty() {
        return Ok(variants);
    }
    let own: Vec<VariantId> = variant::Entity::find()
        .select_only()
        .column(variant::Column::Id)
        .filter(variant::Column::ProductId.eq(product))
        .filter(variant::Column::Id.is_in(variants.iter().copied()))
        .into_tuple()
        .all(tx.db())
        .await?;
    match variants.iter().all(|id| own.contains(id)) {
        true => Ok(variants),
        false => Err(Refusal::not_found("variant of this product").at(field).into()),
    }
}

/// The place of a picture of the product.
pub(super) fn place(gallery: &Gallery, id: PictureId, field: &[&str]) -> Result<usize> {
    let place = gallery.place_of(id);
    Ok(place.ok_or_else(|| Refusal::not_found("picture of this product").at(field))?)
}

/// Bounds a list of the input, before anything is read.
pub(super) fn bounded(count: usize, field: &str) -> Result<()> {
    if (1..=PICTURES_MAX).contains(&count) {
        return Ok(());
    }
    let message = messages::name_pictures(PICTURES_MAX);
    Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into())
}
