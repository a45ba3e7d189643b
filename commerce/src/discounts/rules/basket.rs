//! What discounts are decided for.

use chrono::{DateTime, Utc};
use vitrine_entity::ids::{CategoryId, CollectionId, CustomerGroupId, MarketId, ProductId, VariantId};

/// What a shopper means to buy, and what is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basket {
    /// Each variant in one line at most.
    pub lines: Vec<Line>,
    /// What the chosen method costs, where one is chosen.
    pub shipping_minor: Option<i64>,
    /// Where the goods go; ISO 3166-1 alpha-2.
    pub country: String,
    pub market: Option<MarketId>,
    /// Of the customer.
    pub groups: Vec<CustomerGroupId>,
    /// As far as anybody knows.
    pub is_first_order: bool,
    pub now: DateTime<Utc>,
    /// Amounts are multiples of it.
    pub step_minor: i64,
}

/// So many of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub variant: VariantId,
    pub product: ProductId,
    pub category: Option<CategoryId>,
    /// Those of the collections that a discount names in which it is.
    pub collections: Vec<CollectionId>,
    pub unit_price_minor: i64,
    pub quantity: i64,
    /// Whether a former price is shown beside its own.
    pub is_reduced: bool,
    /// Whether anything may be taken off at all.
    pub is_discountable: bool,
}

impl Line {
    /// Before any discount. What is more than the largest amount is refused where it is priced.
    pub fn worth_minor(&self) -> i64 {
        self.unit_price_minor.saturating_mul(self.quantity)
    }
}
