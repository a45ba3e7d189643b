//! Brings a deleted product back.

use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::ProductId, product, product::ProductStatus};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        fields::Refusals,
        heading::{Slugs, check_slug, is_called},
        index::listing,
    },
    events::{self, EventKind},
    jobs::Job,
    language::messages,
    sql,
    staff::audit,
    transaction::is_unique_violation,
};

/// A product that comes back.
#[derive(Debug, Clone)]
pub struct ProductRestore {
    pub product: ProductId,
    /// Another slug, where somebody has its own by now.
    pub slug: Option<String>,
}

/// Restores a product as it was: with its variants, prices, stock, status, and its place in collections.
///
/// # Errors
/// Refuses a product that is there under another slug than is asked for, and a slug or SKU that somebody has taken.
pub async fn restore(shop: &Shop, context: &Context, input: ProductRestore) -> Result<product::Model> {
    require_catalog(context)?;
    let (mut slug, mut refusals) = (input.slug, Refusals::default());
    if let Some(slug) = &mut slug {
        check_slug(slug, &mut refusals);
    }
    refusals.any().map_err(Error::Refused)?;
    let slug = &slug;
    shop.transact(context, |tx| async move {
        let row = tx.lock::<product::Entity>(input.product).await?;
        let before = row.ok_or_else(|| Refusal::not_found("product").at(&["id"]))?;
        if before.deleted_at.is_none() {
            if is_called(slug.as_deref(), &before.slug) {
                return Ok(before);
            }
            let message = messages::product_not_deleted();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["slug"]).into());
        }
        let own = before.deleted_slug.clone().unwrap_or_default();
        let slug = slug.clone().unwrap_or(own);
        Slugs::Products.require_free(&tx, &slug).await?;
        take_back_skus(&tx, before.id).await?;
        let after = product::Model {
            slug,
            status: before.deleted_status.unwrap_or(ProductStatus::Draft),
            deleted_at: None,
            deleted_slug: None,
            deleted_status: None,
            updated_at: shop.now(),
            version: before.version + 1,
            ..before
        };
        product::Entity::update_many()
            .set(after.clone().into_active_model().reset_all())
            .filter(product::Column::Id.eq(after.id))
            .exec(tx.db())
            .await
            .map_err(refuse_taken)?;
        events::product(&tx, EventKind::ProductRestored, &after, after.version);
        listing::refresh(&tx, &[after.id]).await?;
        tx.enqueue(
            None,
            Job::IndexProducts {
                products: vec![after.id],
            },
        );
        audit(
            &tx,
            "product.restore",
            after.id.to_string(),
            json!({ "slug": after.slug }),
        )
        .await?;
        Ok(after)
    })
    .await
}

/// Variants that were deleted by themselves stay so.
async fn take_back_skus(tx: &Tx, product: ProductId) -> Result<()> {
    let taken = "select v.deleted_sku from variant v join variant w on w.sku = v.deleted_sku \
                 where v.product_id = $1 and v.deleted_at is null order by v.deleted_sku limit 10";
    let taken: Vec<String> = sql::column(tx.db(), taken, [product.into()]).await?;
    if !taken.is_empty() {
        let message = messages::skus_of_others(taken.join("`, `"));
        return Err(Refusal::new(ErrorCode::Taken, message).at(&["id"]).into());
    }
    let back = "update variant set sku = deleted_sku, deleted_sku = null \
                where product_id = $1 and deleted_sku is not null and deleted_at is null";
    let done = sql::execute(tx.db(), back, [product.into()]).await;
    done.map(drop).map_err(refuse_taken)
}

/// Somebody took the slug or an SKU between our look and our write.
fn refuse_taken(error: DbErr) -> Error {
    match is_unique_violation(&error) {
        true => Refusal::new(ErrorCode::Taken, messages::slug_or_sku_just_taken()).into(),
        false => error.into(),
    }
}
