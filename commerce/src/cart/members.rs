//! What goods cost those who buy by catalogs, as a cart of theirs would ask for it: for lists and pages.

use std::collections::HashMap;

use vitrine_entity::ids::{ProductId, VariantId};

use crate::{
    Context, Result, Shop,
    catalog::load,
    delivery::{Destination, KeptDelivery, tax::TaxRates},
    money::Money,
    payments::Steps,
    pricing::{QuantityPrice, QuantityRule, net_of},
    revision::REVISION,
    sql, trade,
};

/// What a variant costs a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPrice {
    /// Of one unit; without the tax, where their prices are shown so.
    pub price: Money,
    /// What one unit costs from other quantities on, the least first; empty where it costs the same in any.
    pub by_quantity: Vec<QuantityPrice>,
    /// In which quantities it is sold to them.
    pub rule: Option<QuantityRule>,
}

/// What each of these variants costs whoever asks, who has catalogs; those that are missing are not sold to them. Unscoped
/// but for the prices: whoever shows them has asked whether they may see the variants.
///
/// # Errors
/// What the database says.
pub async fn prices(shop: &Shop, context: &Context, ids: &[VariantId]) -> Result<HashMap<VariantId, MemberPrice>> {
    let (currency, terms) = (context.shown, &context.terms);
    let base = load::prices_of(shop, currency, ids).await?;
    let deals = trade::deals(shop, &shop.db, terms, currency, ids).await?;
    let net = match terms.shows_net_prices(currency) && shop.profile().includes_tax(currency) {
        true => Some((rates(shop, context).await?, load::variants(shop, ids).await?)),
        false => None,
    };
    let step = Steps::of(shop, currency).priced;
    let mut prices = HashMap::new();
    for (id, deal) in &deals {
        let base_minor = base.get(id).map(|price| price.amount_minor);
        let Some(won) = deal.unit_price(base_minor, 1, step) else {
            continue;
        };
        let shown = |minor: i64| match &net {
            None => Ok(minor),
            Some((rates, variants)) => {
                let category = variants.get(id).and_then(|variant| variant.tax_category.as_deref());
                net_of(minor, &rates.of(category), true)
            }
        };
        let steps = deal.steps(base_minor, step).into_iter().map(|price| {
            let amount_minor = shown(price.amount_minor)?;
            Ok(QuantityPrice { amount_minor, ..price })
        });
        let mut by_quantity = steps
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error: crate::money::MoneyError| crate::Refusal::from(error))?;
        by_quantity.retain(|price| price.from > 1);
        let price = shown(won.amount_minor).map_err(crate::Refusal::from)?;
        prices.insert(
            *id,
            MemberPrice {
                price: Money::new(price, currency),
                by_quantity,
                rule: won.offer.and_then(|offer| offer.rule),
            },
        );
    }
    Ok(prices)
}

/// The least and the greatest of these prices among the active variants of each product.
///
/// # Errors
/// As [`prices`].
pub async fn ranges(
    shop: &Shop,
    context: &Context,
    products: &[ProductId],
) -> Result<HashMap<ProductId, (Money, Money)>> {
    let variants = load::variants_of(shop, products).await?;
    let ids: Vec<_> = variants.values().flatten().map(|variant| variant.id).collect();
    let prices = prices(shop, context, &ids).await?;
    let mut ranges = HashMap::new();
    for (product, variants) in variants {
        let of = || {
            variants
                .iter()
                .filter_map(|variant| prices.get(&variant.id))
                .map(|price| price.price)
        };
        let (least, greatest) = (
            of().min_by_key(|price| price.minor),
            of().max_by_key(|price| price.minor),
        );
        ranges.extend(least.zip(greatest).map(|range| (product, range)));
    }
    Ok(ranges)
}

/// The rates by which prices are relieved of the tax while nobody has said where goods go.
async fn rates(shop: &Shop, context: &Context) -> Result<TaxRates> {
    let revision: Vec<String> = sql::column(&shop.db, &format!("select {REVISION}"), []).await?;
    let revision = revision.first().map(String::as_str).unwrap_or_default();
    let delivery = KeptDelivery::at(shop, &shop.db, revision).await?;
    Ok(delivery.rates_at(&Destination::new(&context.country, None, None)))
}
