//! What everybody pays for one unit, where they buy more.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::VariantId, quantity_price, variant};

use super::catalogs;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    money::Money,
    settings,
    staff::{Permission, audit, permission::require_or_system},
};

/// Sets what everybody pays for one unit of a variant in a currency, by quantity, from two units on: all of it, or with
/// none nothing but the price.
///
/// # Errors
/// Refuses whoever may not, a variant that there is not, a currency that the shop does not sell in, amounts and quantities
/// out of bounds.
pub async fn set(
    shop: &Shop,
    context: &Context,
    id: VariantId,
    currency: &str,
    prices: &[(i32, String)],
) -> Result<variant::Model> {
    use quantity_price::{Column, Entity, Model};
    require_or_system(context, Permission::Catalog)?;
    let currency = catalogs::sold_in(shop, currency).map_err(|refusal| refusal.at(&["currencyCode"]))?;
    let steps: BTreeMap<i32, i64> = catalogs::steps(currency, prices).map_err(|refusal| refusal.at(&["prices"]))?;
    if steps.contains_key(&1) {
        let message = messages::quantity_price_of_one();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["prices"]).into());
    }
    let steps = &steps;
    shop.transact(context, |tx| async move {
        let row = tx.lock::<variant::Entity>(id).await?;
        let row = row.filter(|row| row.deleted_at.is_none());
        let row = row.ok_or_else(|| Refusal::not_found("variant").at(&["variantId"]))?;
        Entity::delete_many()
            .filter(Column::VariantId.eq(id))
            .filter(Column::Currency.eq(currency))
            .exec(tx.db())
            .await?;
        let rows = steps.iter().map(|(from_quantity, amount_minor)| {
            let row = Model {
                variant_id: id,
                currency,
                from_quantity: *from_quantity,
                amount_minor: *amount_minor,
            };
            row.into_active_model()
        });
        if !steps.is_empty() {
            Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
        }
        let told: Vec<_> = steps
            .iter()
            .map(|(from, minor)| json!({ "from": from, "price": Money::new(*minor, currency).to_string() }))
            .collect();
        audit(
            &tx,
            "variant.quantity_prices_set",
            id.to_string(),
            json!({ "prices": told }),
        )
        .await?;
        settings::note_trade(&tx).await?;
        Ok(row)
    })
    .await
}
