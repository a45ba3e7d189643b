use async_graphql::SimpleObject;
use vitrine_commerce::{money::Currency, pricing};

use crate::graphql::shared::{Money, int};

/// What one unit costs where so many are bought, or more.
#[derive(Debug, SimpleObject)]
pub struct QuantityPrice {
    /// From how many units on.
    pub from: i32,
    /// What each of them costs.
    pub price: Money,
}

impl QuantityPrice {
    pub fn show(price: pricing::QuantityPrice, currency: Currency) -> Self {
        Self {
            from: int(price.from),
            price: Money::new(price.amount_minor, currency),
        }
    }
}

/// In which quantities something is sold at once.
#[derive(Debug, SimpleObject)]
pub struct QuantityRule {
    /// The least.
    pub minimum: i32,
    /// The greatest; null where there is none.
    pub maximum: Option<i32>,
    /// How many more at a time, counted from nothing: in sixes, 6, 12 and 18 are sold.
    pub step: i32,
}

impl From<pricing::QuantityRule> for QuantityRule {
    fn from(rule: pricing::QuantityRule) -> Self {
        Self {
            minimum: int(rule.minimum),
            maximum: rule.maximum.map(int),
            step: int(rule.step),
        }
    }
}
