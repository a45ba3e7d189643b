use async_graphql::SimpleObject;
use vitrine_entity::discount::{Amounts, Off, Threshold, Tier, Value};

use crate::graphql::shared::{Decimal, Money, int};

/// What a discount takes off: one of the three.
#[derive(Debug, Default, SimpleObject)]
pub struct DiscountValue {
    /// A percentage, above 0 and at most 100.
    pub percentage: Option<Decimal>,
    /// An amount, in each currency for which one is named; in others it follows from that in the shop's own.
    pub amounts: Vec<Money>,
    /// Whether the amount is taken off once for all of the goods together, rather than of each unit. What is taken off of
    /// the order or of shipping is taken off once anyway.
    pub once: bool,
    /// What a unit costs instead, or shipping, in each currency for which one is named.
    pub fixed_prices: Vec<Money>,
}

/// From a threshold on, so much is taken off.
#[derive(Debug, SimpleObject)]
pub struct DiscountTier {
    /// From so many units on.
    pub quantity: Option<i32>,
    /// From so much on, before any discount, in each currency for which an amount is named.
    pub spend: Vec<Money>,
    /// What is taken off.
    pub value: DiscountValue,
}

pub fn money(amounts: &Amounts) -> Vec<Money> {
    amounts
        .0
        .iter()
        .map(|amount| Money::new(amount.minor, amount.currency))
        .collect()
}

pub fn quantity(threshold: &Threshold) -> Option<i32> {
    match threshold {
        Threshold::Quantity(quantity) => Some(int(*quantity)),
        Threshold::Spend(_) => None,
    }
}

pub fn spend(threshold: &Threshold) -> Vec<Money> {
    match threshold {
        Threshold::Quantity(_) => Vec::new(),
        Threshold::Spend(amounts) => money(amounts),
    }
}

/// What is taken off without any tier.
pub fn flat(value: &Value) -> Option<DiscountValue> {
    match value {
        Value::Flat(off) => Some(off.into()),
        Value::Tiered(_) => None,
    }
}

pub fn tiers(value: &Value) -> Vec<DiscountTier> {
    match value {
        Value::Flat(_) => Vec::new(),
        Value::Tiered(tiers) => tiers.iter().map(DiscountTier::from).collect(),
    }
}

impl From<&Tier> for DiscountTier {
    fn from(tier: &Tier) -> Self {
        Self {
            quantity: quantity(&tier.from),
            spend: spend(&tier.from),
            value: (&tier.off).into(),
        }
    }
}

impl From<&Off> for DiscountValue {
    fn from(off: &Off) -> Self {
        match off {
            Off::Percentage(basis_points) => Self {
                percentage: Some(percentage(*basis_points)),
                ..Self::default()
            },
            Off::Amount(amounts) => Self {
                amounts: money(amounts),
                ..Self::default()
            },
            Off::AmountOnce(amounts) => Self {
                amounts: money(amounts),
                once: true,
                ..Self::default()
            },
            Off::FixedPrice(amounts) => Self {
                fixed_prices: money(amounts),
                ..Self::default()
            },
        }
    }
}

/// Without zeros that say nothing: `12.5`.
fn percentage(basis_points: i32) -> Decimal {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    Decimal(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}
