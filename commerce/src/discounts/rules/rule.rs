//! What a discount gives and asks for, in minor units of one currency.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use vitrine_entity::{
    discount::DiscountClass,
    ids::{CategoryId, CollectionId, CustomerGroupId, DiscountCodeId, DiscountId, MarketId, ProductId, VariantId},
};

use super::basket::Line;

/// A discount that a basket may have: it applies by itself, or its code was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub discount: DiscountId,
    pub title: String,
    pub code: Option<Code>,
    pub rule: Rule,
    pub uses: Uses,
}

/// A code that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub id: DiscountCodeId,
    pub text: String,
}

/// Whether it may be used once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Uses {
    #[default]
    Left,
    /// As often as it may in all, or its code.
    UsedUp,
    /// By this shopper as often as they may.
    UsedByShopper,
}

/// What staff have set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub what: What,
    /// Of the goods that it is for.
    pub minimum: Option<Threshold>,
    pub is_for_first_order: bool,
    /// For everybody, where none is named.
    pub groups: Vec<CustomerGroupId>,
    pub markets: Vec<MarketId>,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub combines_with: Vec<DiscountClass>,
    pub priority: i32,
}

/// What it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a shop has few of them, in memory once")]
pub enum What {
    Products {
        goods: Goods,
        /// What is taken off from which threshold on, the lowest first.
        tiers: Vec<(Option<Threshold>, Off)>,
    },
    Order {
        tiers: Vec<(Option<Threshold>, Off)>,
    },
    BuyXGetY {
        buy: Goods,
        required: Threshold,
        get: Goods,
        get_quantity: i64,
        off: Off,
        times_max: Option<i64>,
    },
    Shipping {
        off: Off,
        price_max_minor: Option<i64>,
        countries: Vec<String>,
    },
}

impl What {
    pub fn class(&self) -> DiscountClass {
        match self {
            Self::Products { .. } | Self::BuyXGetY { .. } => DiscountClass::Product,
            Self::Order { .. } => DiscountClass::Order,
            Self::Shipping { .. } => DiscountClass::Shipping,
        }
    }
}

/// How much must be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    Quantity(i64),
    SpendMinor(i64),
}

/// How much is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// Hundredths of a percent.
    Percentage(i32),
    /// Of each unit; of the order and of shipping once.
    AmountMinor(i64),
    /// Of all that it is for, once.
    AmountOnceMinor(i64),
    /// What a unit costs instead, or shipping.
    FixedPriceMinor(i64),
}

/// Which goods it is for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Goods {
    pub products: HashSet<ProductId>,
    pub variants: HashSet<VariantId>,
    /// All that lie beneath them are among them.
    pub categories: HashSet<CategoryId>,
    pub collections: HashSet<CollectionId>,
    pub without_reduced: bool,
    /// Whether it is for all: it names none.
    pub is_all: bool,
}

impl Goods {
    pub fn all() -> Self {
        Self {
            is_all: true,
            ..Self::default()
        }
    }

    pub fn has(&self, line: &Line) -> bool {
        line.is_discountable
            && !(self.without_reduced && line.is_reduced)
            && (self.is_all
                || self.variants.contains(&line.variant)
                || self.products.contains(&line.product)
                || line
                    .category
                    .is_some_and(|category| self.categories.contains(&category))
                || line
                    .collections
                    .iter()
                    .any(|collection| self.collections.contains(collection)))
    }
}
