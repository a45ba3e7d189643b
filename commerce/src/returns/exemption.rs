//! Staff say which goods are not taken back.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use serde_json::json;
use vitrine_entity::{
    ids::ProductId,
    product,
    return_exemption::{self, Column, ExemptionReason},
};

use crate::{
    Context, Refusal, Result, Shop, sql,
    staff::{Permission, audit, permission},
};

/// Says that a product is not taken back, and why; or with `None` that it is.
///
/// # Errors
/// Refuses whoever may not, and a product that there is not.
pub async fn set_exemption(
    shop: &Shop,
    context: &Context,
    product: ProductId,
    reason: Option<ExemptionReason>,
) -> Result<product::Model> {
    permission::require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let found = tx.lock::<product::Entity>(product).await?;
        let found = found.ok_or_else(|| Refusal::not_found("product").at(&["productId"]))?;
        match reason {
            Some(reason) => {
                let row = return_exemption::Model {
                    product_id: product,
                    reason,
                    created_at: shop.now(),
                };
                let again = OnConflict::column(Column::ProductId)
                    .update_column(Column::Reason)
                    .to_owned();
                return_exemption::Entity::insert(row.into_active_model())
                    .on_conflict(again)
                    .exec_without_returning(tx.db())
                    .await?;
            }
            None => {
                return_exemption::Entity::delete_by_id(product).exec(tx.db()).await?;
            }
        }
        let reason = reason.map(|reason| sea_orm::ActiveEnum::to_value(&reason));
        audit(
            &tx,
            "product.return_exemption_set",
            product.to_string(),
            json!({ "reason": reason }),
        )
        .await?;
        Ok(found)
    })
    .await
}

/// Why products are not taken back, of those that are not.
///
/// # Errors
/// When the database fails.
pub async fn exemptions_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, ExemptionReason>> {
    exemptions_on(&shop.db, products).await
}

pub(crate) async fn exemptions_on(
    db: &impl ConnectionTrait,
    products: &[ProductId],
) -> Result<HashMap<ProductId, ExemptionReason>> {
    let rows = return_exemption::Entity::find()
        .filter(sql::among(db, Column::ProductId, products.iter().copied()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.product_id, row.reason)).collect())
}
