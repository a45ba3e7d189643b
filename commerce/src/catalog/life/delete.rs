//! Takes products away.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::ProductId, product, product::ProductStatus};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{access::require_catalog, heading::tombstone},
    error::expect_version,
    events::{self, EventKind},
    jobs::Job,
    language::messages,
    sql,
    staff::audit,
};

/// The most products that go at once.
const PRODUCTS_MAX: usize = 100;

/// A product that goes.
#[derive(Debug, Clone, Copy)]
pub struct ProductDelete {
    pub product: ProductId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
}

/// Deletes products, all of them or none. Slugs and SKUs are free for others from then on. One that is gone stays so.
///
/// # Errors
/// Refuses those who may not, and what is not there; `field` is the path of a product's id, by its place.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    products: &[ProductDelete],
    field: impl Fn(usize) -> Vec<String> + Send + Sync,
) -> Result<Vec<product::Model>> {
    require_catalog(context)?;
    if products.is_empty() || products.len() > PRODUCTS_MAX {
        let message = messages::name_products_to_delete(PRODUCTS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["ids"]).into());
    }
    // In the order of their ids, as whoever else locks several does.
    let mut order: Vec<usize> = (0..products.len()).collect();
    order.sort_by_key(|index| products[*index].product);
    let (order, field) = (&order, &field);
    shop.transact(context, |tx| async move {
        let (mut gone, mut refusals) = (Vec::with_capacity(products.len()), Vec::new());
        for index in order {
            match delete_one(&tx, products[*index]).await {
                Ok(row) => gone.push((*index, row)),
                Err(Error::Refused(refused)) => refusals.extend(refused.into_iter().map(|refusal| Refusal {
                    field: if refusal.field.is_empty() {
                        field(*index)
                    } else {
                        refusal.field.clone()
                    },
                    ..refusal
                })),
                Err(fault) => return Err(fault),
            }
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let ids = gone.iter().map(|(_, row)| row.id).collect();
        tx.enqueue(None, Job::IndexProducts { products: ids });
        gone.sort_by_key(|(index, _)| *index);
        Ok(gone.into_iter().map(|(_, row)| row).collect())
    })
    .await
}

async fn delete_one(tx: &Tx, wanted: ProductDelete) -> Result<product::Model> {
    let row = tx.lock::<product::Entity>(wanted.product).await?;
    let before = row.ok_or_else(|| Refusal::not_found("product"))?;
    if before.deleted_at.is_some() {
        return Ok(before);
    }
    expect_version("product", before.version, wanted.expected_version)?;
    let now = tx.shop().now();
    let after = product::Model {
        slug: tombstone(before.id),
        deleted_slug: Some(before.slug.clone()),
        status: ProductStatus::Archived,
        deleted_status: Some(before.status),
        deleted_at: Some(now),
        updated_at: now,
        version: before.version + 1,
        ..before
    };
    product::Entity::update_many()
        .set(after.clone().into_active_model().reset_all())
        .filter(product::Column::Id.eq(after.id))
        .exec(tx.db())
        .await?;
    let free = "update variant set deleted_sku = sku, sku = $2 || sku where product_id = $1 and deleted_sku is null";
    let prefix = format!("{} ", tombstone(after.id));
    sql::execute(tx.db(), free, [after.id.into(), prefix.into()]).await?;
    events::product(tx, EventKind::ProductDeleted, &after, after.version);
    let data = json!({ "slug": after.deleted_slug, "title": after.title });
    audit(tx, "product.delete", after.id.to_string(), data).await?;
    Ok(after)
}
