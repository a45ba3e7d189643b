//! Staff say what variants cost in a currency of a price list.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    ids::{ProductId, VariantId},
    price, price_list, variant,
};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        fields::{Refusals, amount},
        index::listing,
        save::{replace_price, upsert},
        update::{locked, write},
    },
    language::messages,
    money::{Currency, Money},
    sql,
    staff::audit,
};

/// The most variants that are priced at once.
pub const PRICES_MAX: usize = 100;

/// What a variant costs in a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPrice {
    pub variant: VariantId,
    /// As a decimal; `None` for what follows from the rate.
    pub price: Option<String>,
    /// The former price, shown crossed out.
    pub compare_at: Option<String>,
}

/// Fixes prices in the currency of a price list, or has them follow from the rate again. All or nothing.
///
/// # Errors
/// Refuses whoever may not, a currency that the shop has no price list in, amounts out of bounds, and variants that there
/// are not.
pub async fn fix(shop: &Shop, context: &Context, code: &str, prices: &[ListPrice]) -> Result<()> {
    require_catalog(context)?;
    let currency = currency(code)?;
    let rows = &rows(currency, prices)?;
    let named = &prices.iter().map(|price| price.variant).collect::<BTreeSet<_>>();
    shop.transact(context, |tx| async move {
        require_list(&tx, currency).await?;
        let variants = variant::Entity::find()
            .filter(sql::among(tx.db(), variant::Column::Id, named.iter().copied()))
            .all(tx.db())
            .await?;
        if let Some(place) = prices
            .iter()
            .position(|price| !variants.iter().any(|row| row.id == price.variant))
        {
            let place = place.to_string();
            return Err(Refusal::not_found("variant")
                .at(&["prices", &place, "variantId"])
                .into());
        }
        // In order, as everybody locks them.
        let products: BTreeSet<ProductId> = variants.iter().map(|row| row.product_id).collect();
        for product in &products {
            let row = locked(&tx, *product).await?;
            write(&tx, row).await?;
        }
        // What is released follows from the rate once the listing rows are made, and is no other row for it.
        price::Entity::update_many()
            .col_expr(price::Column::Fixed, Expr::value(false))
            .filter(price::Column::Currency.eq(currency))
            .filter(sql::among(tx.db(), price::Column::VariantId, named.iter().copied()))
            .exec(tx.db())
            .await?;
        upsert(tx.db(), rows.clone(), replace_price()).await?;
        listing::refresh(&tx, &Vec::from_iter(products)).await?;
        let fixed: Vec<_> = rows
            .iter()
            .map(|row| json!({ "variant": row.variant_id.to_string(), "amountMinor": row.amount_minor }))
            .collect();
        let data = json!({ "fixed": fixed, "released": named.len() - rows.len() });
        audit(&tx, "price_list.fix", currency.to_string(), data).await
    })
    .await
}

fn currency(code: &str) -> Result<Currency, Refusal> {
    let code = crate::text::code(code).to_ascii_uppercase();
    code.parse().map_err(|_| without_list())
}

/// One that was made in this transaction counts.
async fn require_list(tx: &Tx, currency: Currency) -> Result<()> {
    let list = price_list::Entity::find_by_id(currency).one(tx.db()).await?;
    match list.is_some_and(|list| list.deleted_at.is_none()) {
        true => Ok(()),
        false => Err(without_list().into()),
    }
}

fn without_list() -> Refusal {
    let message = messages::no_price_list();
    Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
}

/// The rows of what is fixed.
fn rows(currency: Currency, prices: &[ListPrice]) -> Result<Vec<price::Model>> {
    if prices.len() > PRICES_MAX {
        let message = messages::list_prices_at_once_max(PRICES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["prices"]).into());
    }
    let (mut refusals, mut rows) = (Refusals::default(), Vec::new());
    let mut seen = BTreeSet::new();
    for (place, price) in prices.iter().enumerate() {
        let place = place.to_string();
        if !seen.insert(price.variant) {
            let message = messages::variant_named_twice();
            let refusal = Refusal::new(ErrorCode::Invalid, message);
            refusals.0.push(refusal.at(&["prices", &place, "variantId"]));
        }
        let mut read = |field: &str, text: &Option<String>| {
            let money = Money::parse(text.as_deref()?, currency);
            let path = ["prices", &place, field];
            match money {
                Ok(money) => {
                    amount(&path, money.minor, &mut refusals);
                    Some(money.minor)
                }
                Err(error) => {
                    refusals.0.push(Refusal::from(error).at(&path));
                    None
                }
            }
        };
        let (amount_minor, compare_at_minor) = (read("price", &price.price), read("compareAtPrice", &price.compare_at));
        match (amount_minor, &price.price) {
            (Some(amount_minor), _) => rows.push(price::Model {
                variant_id: price.variant,
                currency,
                amount_minor,
                compare_at_minor,
                fixed: true,
                lowest_minor: None,
            }),
            (None, None) if price.compare_at.is_some() => {
                let message = messages::former_price_needs_price();
                let refusal = Refusal::new(ErrorCode::Invalid, message);
                refusals.0.push(refusal.at(&["prices", &place, "compareAtPrice"]));
            }
            (None, _) => {}
        }
    }
    refusals.any().map_err(Error::Refused)?;
    Ok(rows)
}
