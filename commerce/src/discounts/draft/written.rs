//! A discount as staff write it.

use chrono::{DateTime, Utc};
use vitrine_entity::{
    discount::{Classes, Conditions, DiscountClass, DiscountMethod, Effect, Goods},
    ids::{CustomerGroupId, MarketId},
};

/// What a discount lowers, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountKind {
    Products,
    Order,
    BuyXGetY,
    Shipping,
}

/// A discount as it should be: all of it.
#[derive(Debug, Clone)]
pub struct DiscountDraft {
    pub title: String,
    pub method: DiscountMethod,
    pub kind: DiscountKind,
    /// What it takes off; in place of it `tiers`.
    pub value: Option<OffDraft>,
    pub tiers: Vec<TierDraft>,
    /// Those that it lowers.
    pub goods: Goods,
    /// Those that must be bought, and how much of them.
    pub buy: Goods,
    pub buy_quantity: Option<i64>,
    pub buy_spend: Vec<AmountDraft>,
    pub get_quantity: Option<i64>,
    pub times_max: Option<i64>,
    /// Of shipping methods.
    pub price_max: Vec<AmountDraft>,
    pub countries: Vec<String>,
    pub minimum_quantity: Option<i64>,
    pub minimum_spend: Vec<AmountDraft>,
    pub first_order: bool,
    pub customer_groups: Vec<CustomerGroupId>,
    pub markets: Vec<MarketId>,
    pub currencies: Vec<String>,
    pub combines_with: Vec<DiscountClass>,
    pub priority: i64,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub usage_limit: Option<i64>,
    pub usage_limit_per_customer: Option<i64>,
    pub usage_limit_per_code: Option<i64>,
}

/// What is taken off: one of the three.
#[derive(Debug, Clone, Default)]
pub struct OffDraft {
    /// A decimal: `12.5`.
    pub percentage: Option<String>,
    pub amounts: Vec<AmountDraft>,
    /// Whether the amount is taken off once, rather than of each unit.
    pub once: bool,
    pub fixed_prices: Vec<AmountDraft>,
}

#[derive(Debug, Clone)]
pub struct TierDraft {
    pub quantity: Option<i64>,
    pub spend: Vec<AmountDraft>,
    pub value: OffDraft,
}

/// A decimal amount with the code of its currency.
#[derive(Debug, Clone)]
pub struct AmountDraft {
    pub amount: String,
    pub currency: String,
}

/// What a draft says, in its normal form.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::discounts) struct Checked {
    pub(in crate::discounts) title: String,
    pub(in crate::discounts) effect: Effect,
    pub(in crate::discounts) conditions: Conditions,
    pub(in crate::discounts) combines_with: Classes,
    pub(in crate::discounts) priority: i32,
}
