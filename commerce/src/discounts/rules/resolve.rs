//! From what staff wrote to a rule in one currency.

use vitrine_entity::{
    discount::{self, Amounts, Effect, Value},
    price_list::Rounding,
};

use super::rule::{Goods, Off, Rule, Threshold, What};
use crate::money::{Currency, convert::convert};

/// How amounts become amounts of the basket's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// The basket's.
    pub currency: Currency,
    /// The shop's own.
    pub own: Currency,
    /// Of the basket's currency, where it has a price list.
    pub rate_e8: Option<i64>,
    pub rounding: Rounding,
}

impl Exchange {
    /// The amount that staff named for the currency, or what that in the shop's own comes to.
    fn minor(&self, amounts: &Amounts) -> Option<i64> {
        let named = |currency: Currency| amounts.0.iter().find(|amount| amount.currency == currency);
        match (named(self.currency), named(self.own), self.rate_e8) {
            (Some(amount), ..) => Some(amount.minor),
            (None, Some(own), Some(rate_e8)) => convert(own.minor, self.own, self.currency, rate_e8, self.rounding),
            (None, ..) => None,
        }
    }

    fn off(&self, off: &discount::Off) -> Option<Off> {
        Some(match off {
            discount::Off::Percentage(basis_points) => Off::Percentage(*basis_points),
            discount::Off::Amount(amounts) => Off::AmountMinor(self.minor(amounts)?),
            discount::Off::AmountOnce(amounts) => Off::AmountOnceMinor(self.minor(amounts)?),
            discount::Off::FixedPrice(amounts) => Off::FixedPriceMinor(self.minor(amounts)?),
        })
    }

    fn threshold(&self, threshold: &discount::Threshold) -> Option<Threshold> {
        Some(match threshold {
            discount::Threshold::Quantity(quantity) => Threshold::Quantity(*quantity),
            discount::Threshold::Spend(amounts) => Threshold::SpendMinor(self.minor(amounts)?),
        })
    }

    fn tiers(&self, value: &Value) -> Option<Vec<(Option<Threshold>, Off)>> {
        match value {
            Value::Flat(off) => Some(vec![(None, self.off(off)?)]),
            Value::Tiered(tiers) => tiers
                .iter()
                .map(|tier| Some((Some(self.threshold(&tier.from)?), self.off(&tier.off)?)))
                .collect(),
        }
    }

    fn what(&self, effect: &Effect) -> Option<What> {
        Some(match effect {
            Effect::Products { goods: of, value } => What::Products {
                goods: goods(of),
                tiers: self.tiers(value)?,
            },
            Effect::Order { value } => What::Order {
                tiers: self.tiers(value)?,
            },
            Effect::BuyXGetY {
                buy,
                required,
                get,
                get_quantity,
                off,
                times_max,
            } => What::BuyXGetY {
                buy: goods(buy),
                required: self.threshold(required)?,
                get: goods(get),
                get_quantity: *get_quantity,
                off: self.off(off)?,
                times_max: *times_max,
            },
            Effect::Shipping {
                off,
                price_max,
                countries,
            } => What::Shipping {
                off: self.off(off)?,
                price_max_minor: match price_max {
                    Some(amounts) => Some(self.minor(amounts)?),
                    None => None,
                },
                countries: countries.clone(),
            },
        })
    }
}

/// The rule in the basket's currency; none, where staff have excluded that or have named no amount for it.
pub fn resolve(row: &discount::Model, exchange: &Exchange) -> Option<Rule> {
    let conditions = &row.conditions;
    let is_excluded = !conditions.currencies.is_empty() && !conditions.currencies.contains(&exchange.currency);
    if is_excluded {
        return None;
    }
    Some(Rule {
        what: exchange.what(&row.effect)?,
        minimum: match &conditions.minimum {
            Some(threshold) => Some(exchange.threshold(threshold)?),
            None => None,
        },
        is_for_first_order: conditions.first_order,
        groups: conditions.customer_groups.clone(),
        markets: conditions.markets.clone(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        combines_with: row.combines_with.0.clone(),
        priority: row.priority,
    })
}

fn goods(named: &discount::Goods) -> Goods {
    Goods {
        products: named.products.iter().copied().collect(),
        variants: named.variants.iter().copied().collect(),
        categories: named.categories.iter().copied().collect(),
        collections: named.collections.iter().copied().collect(),
        without_reduced: named.without_reduced,
        is_all: named.is_all(),
    }
}
