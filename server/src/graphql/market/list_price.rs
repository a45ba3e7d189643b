use async_graphql::SimpleObject;
use vitrine_entity::price;

use crate::graphql::shared::Money;

/// What a variant costs in the currency of a price list.
#[derive(Debug, SimpleObject)]
pub struct ListPrice {
    /// The price.
    pub price: Money,
    /// The former price, shown crossed out.
    pub compare_at_price: Option<Money>,
    /// Of a reduced price: the lowest of the 30 days before the reduction.
    #[graphql(name = "lowestPriceLast30Days")]
    pub lowest_price_last_30_days: Option<Money>,
    /// Whether staff have fixed it; else it follows from the rate.
    pub fixed: bool,
}

impl From<price::Model> for ListPrice {
    fn from(row: price::Model) -> Self {
        Self {
            price: Money::new(row.amount_minor, row.currency),
            compare_at_price: row.former_minor().map(|minor| Money::new(minor, row.currency)),
            lowest_price_last_30_days: row.lowest_before_minor().map(|minor| Money::new(minor, row.currency)),
            fixed: row.fixed,
        }
    }
}
