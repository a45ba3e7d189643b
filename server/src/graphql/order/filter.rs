use async_graphql::{Enum, ID, InputObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Refusal,
    money::{Currency, Money},
    orders::desk::OrderFilter,
};

use super::object::OrderStatus;
use crate::{graphql::shared::Decimal, ids};

/// Restricts a list of orders. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct OrderWhere {
    /// Where they stand.
    pub status: Option<OrderStatus>,
    /// The whole mail address that they were placed with.
    pub email: Option<String>,
    /// Parts of the number, the draft order's number, the mail address, a name, a SKU or a title: every word must be
    /// found. Case and accents make no difference.
    pub query: Option<String>,
    /// A whole SKU that was bought.
    pub sku: Option<String>,
    /// A tag that staff gave them.
    pub tag: Option<String>,
    /// Who placed them, signed in.
    pub customer_id: Option<ID>,
    /// Placed at this time or later.
    pub placed_from: Option<DateTime<Utc>>,
    /// Placed before this time.
    pub placed_to: Option<DateTime<Utc>>,
    /// The least total, in the shop's currency.
    pub total_min: Option<Decimal>,
    /// The greatest total, in the shop's currency.
    pub total_max: Option<Decimal>,
}

/// In which order a list of orders comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::orders::desk::OrderSort")]
pub enum OrderSort {
    /// The latest first.
    #[default]
    NewestFirst,
    /// The earliest first.
    OldestFirst,
    /// The greatest total first; of other currencies than the shop's own, what it was worth in that when the order was placed.
    HighestTotalFirst,
    /// The least total first; of other currencies than the shop's own, what it was worth in that when the order was placed.
    LowestTotalFirst,
}

impl OrderWhere {
    /// # Errors
    /// When an amount is none, or an id is no customer's.
    pub fn filter(self, currency: Currency) -> Result<OrderFilter, Refusal> {
        let minor = |amount: Option<Decimal>, field: &str| {
            let amount = amount.map(|amount| Money::parse(&amount.0, currency).map(|money| money.minor));
            amount
                .transpose()
                .map_err(|error| Refusal::from(error).at(&["where", field]))
        };
        let customer = self
            .customer_id
            .map(|id| ids::input(&id, "customer", &["where", "customerId"]));
        Ok(OrderFilter {
            status: self.status.map(Into::into),
            email: self.email,
            query: self.query,
            sku: self.sku,
            tag: self.tag,
            customer: customer.transpose()?,
            placed_since: self.placed_from,
            placed_until: self.placed_to,
            total_min_minor: minor(self.total_min, "totalMin")?,
            total_max_minor: minor(self.total_max, "totalMax")?,
        })
    }
}
