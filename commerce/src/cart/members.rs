//! What goods cost those who buy by catalogs, as a cart of theirs would ask for it: for lists and pages.

use std::collections::HashMap;

use vitrine_entity::{
    ids::{ProductId, VariantId},
    price, variant,
};

use crate::{
    Context, Refusal, Result, Shop,
    catalog::load,
    delivery::{Destination, KeptDelivery, tax::TaxRates},
    money::Money,
    pricing::{Deal, QuantityPrice, QuantityRule, net_of_in_steps},
    revision::REVISION,
    sql, trade,
};

/// What a variant costs a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPrice {
    /// Of one unit; without the tax, where their prices are shown so.
    pub price: Money,
    /// The former price and, of the 30 days before it was reduced, the lowest: beside a price that everybody pays.
    pub former: Option<Money>,
    pub lowest_before: Option<Money>,
    /// What one unit costs from other quantities on, the least first; empty where it costs the same in any.
    pub by_quantity: Vec<QuantityPrice>,
    /// In which quantities it is sold to them.
    pub rule: Option<QuantityRule>,
}

/// What the variants of a product cost a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberRange {
    pub least: Money,
    pub greatest: Money,
    /// The highest former price.
    pub former: Option<Money>,
    pub lowest_before: Option<Money>,
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
    let step_minor = shop.price_step_minor(currency);
    let mut prices = HashMap::new();
    for (id, deal) in &deals {
        let shown = |minor: i64| match &net {
            None => Ok(minor),
            Some((rates, variants)) => relieved(minor, rates, variants.get(id), step_minor),
        };
        if let Some(price) = price_of(deal, base.get(id), Money::new(step_minor, currency), shown)? {
            prices.insert(*id, price);
        }
    }
    Ok(prices)
}

/// Without the tax that it contains.
fn relieved(minor: i64, rates: &TaxRates, variant: Option<&variant::Model>, step_minor: i64) -> Result<i64, Refusal> {
    let category = variant.and_then(|variant| variant.tax_category.as_deref());
    Ok(net_of_in_steps(minor, &rates.of(category), true, step_minor)?)
}

/// `shown` makes of what is paid what is told.
fn price_of(
    deal: &Deal,
    base: Option<&price::Model>,
    step: Money,
    shown: impl Fn(i64) -> Result<i64, Refusal>,
) -> Result<Option<MemberPrice>, Refusal> {
    let base_minor = base.map(|price| price.amount_minor);
    let Some(won) = deal.unit_price(base_minor, 1, step.minor) else {
        return Ok(None);
    };
    let money = |minor: i64| Ok::<_, Refusal>(Money::new(shown(minor)?, step.currency));
    let everybodys = base.filter(|_| won.is_everybodys);
    let mut by_quantity = Vec::new();
    for price in deal
        .steps(base_minor, step.minor)
        .into_iter()
        .filter(|price| price.from > 1)
    {
        by_quantity.push(QuantityPrice {
            amount_minor: shown(price.amount_minor)?,
            ..price
        });
    }
    let former = everybodys.and_then(price::Model::former_minor);
    let lowest_before = everybodys.and_then(price::Model::lowest_before_minor);
    Ok(Some(MemberPrice {
        price: money(won.amount_minor)?,
        former: former.map(money).transpose()?,
        lowest_before: lowest_before.map(money).transpose()?,
        by_quantity,
        rule: won.offer.and_then(|offer| offer.rule),
    }))
}

/// The same of the active variants of each product.
///
/// # Errors
/// As [`prices`].
pub async fn ranges(shop: &Shop, context: &Context, products: &[ProductId]) -> Result<HashMap<ProductId, MemberRange>> {
    let variants = load::variants_of(shop, products).await?;
    let ids: Vec<_> = variants.values().flatten().map(|variant| variant.id).collect();
    let prices = prices(shop, context, &ids).await?;
    let mut ranges = HashMap::new();
    for (product, variants) in variants {
        let own = variants.iter().filter_map(|variant| prices.get(&variant.id));
        let range = own.map(MemberRange::from).reduce(MemberRange::and);
        ranges.extend(range.map(|range| (product, range)));
    }
    Ok(ranges)
}

impl From<&MemberPrice> for MemberRange {
    fn from(own: &MemberPrice) -> Self {
        Self {
            least: own.price,
            greatest: own.price,
            former: own.former,
            lowest_before: own.lowest_before,
        }
    }
}

impl MemberRange {
    /// Both together; they are of one currency.
    fn and(self, other: Self) -> Self {
        let minor = |money: &Money| money.minor;
        Self {
            least: [self.least, other.least]
                .into_iter()
                .min_by_key(minor)
                .unwrap_or(self.least),
            greatest: [self.greatest, other.greatest]
                .into_iter()
                .max_by_key(minor)
                .unwrap_or(self.greatest),
            former: [self.former, other.former].into_iter().flatten().max_by_key(minor),
            lowest_before: [self.lowest_before, other.lowest_before]
                .into_iter()
                .flatten()
                .min_by_key(minor),
        }
    }
}

/// The rates by which prices are relieved of the tax while nobody has said where goods go.
async fn rates(shop: &Shop, context: &Context) -> Result<TaxRates> {
    let revision: Vec<String> = sql::column(&shop.db, &format!("select {REVISION}"), []).await?;
    let revision = revision.first().map(String::as_str).unwrap_or_default();
    let delivery = KeptDelivery::at(shop, &shop.db, revision).await?;
    Ok(delivery.rates_at(&Destination::new(&context.country, None, None)))
}
