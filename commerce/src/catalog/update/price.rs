//! Staff change what a variant costs.

use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde_json::json;
use vitrine_entity::{ids::VariantId, price, variant};

use super::row::{locked, write};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop,
    catalog::{
        access::require_catalog,
        fields::{Refusals, amount},
        index::listing,
    },
    language::messages,
    money::Money,
    staff::audit,
};

/// A change of a variant's price, in the shop's currency.
#[derive(Debug, Clone)]
pub struct PriceUpdate {
    pub variant: VariantId,
    pub price: Money,
    /// The former price, shown crossed out.
    pub compare_at: Option<Money>,
}

/// Changes what a variant costs.
///
/// # Errors
/// Refuses those who are not administrators, an amount out of bounds, and another currency.
pub async fn set_price(shop: &Shop, context: &Context, input: PriceUpdate) -> Result<price::Model> {
    require_catalog(context)?;
    check_price(context, &input)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let Some(variant) = variant::Entity::find_by_id(input.variant).one(tx.db()).await? else {
            return Err(Refusal::not_found("variant").at(&["variantId"]).into());
        };
        let product = locked(&tx, variant.product_id).await?;
        let row = price::Model {
            variant_id: variant.id,
            currency: input.price.currency,
            amount_minor: input.price.minor,
            compare_at_minor: input.compare_at.map(|money| money.minor),
            fixed: true,
            // Put beside it with its history.
            lowest_minor: None,
        };
        let mut replace = OnConflict::columns([price::Column::VariantId, price::Column::Currency]);
        replace.update_columns([price::Column::AmountMinor, price::Column::CompareAtMinor]);
        let insert = price::Entity::insert(row.clone().into_active_model()).on_conflict(replace);
        insert.exec_without_returning(tx.db()).await?;
        write(&tx, product).await?;
        listing::refresh(&tx, &[variant.product_id]).await?;
        let data = json!({ "amountMinor": row.amount_minor, "compareAtMinor": row.compare_at_minor, "currency": row.currency });
        audit(&tx, "price.set", variant.id.to_string(), data).await?;
        Ok(row)
    })
    .await
}

fn check_price(context: &Context, input: &PriceUpdate) -> Result<()> {
    let mut refusals = Refusals::default();
    for (field, money) in [("price", Some(input.price)), ("compareAt", input.compare_at)] {
        let Some(money) = money else { continue };
        amount(&[field], money.minor, &mut refusals);
        if money.currency != context.currency {
            let message = messages::price_in_other_currency(context.currency, money.currency);
            refusals
                .0
                .push(Refusal::new(ErrorCode::InvalidAmount, message).at(&[field]));
        }
    }
    refusals.any().map_err(Error::Refused)
}
