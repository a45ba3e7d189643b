use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Refusal,
    discounts::{AmountDraft, DiscountDraft, OffDraft, TierDraft},
};
use vitrine_entity::discount::Goods;

use super::object::{DiscountClass, DiscountKind, DiscountMethod};
use crate::{
    graphql::shared::{CountryCode, CurrencyCode, Decimal},
    ids,
};

/// An amount in a currency that the shop sells in.
#[derive(Debug, InputObject)]
pub struct DiscountAmountInput {
    /// The amount.
    pub amount: Decimal,
    /// Its currency.
    pub currency_code: CurrencyCode,
}

/// What is taken off: one of `percentage`, `amounts` and `fixedPrices`.
#[derive(Debug, InputObject)]
pub struct DiscountValueInput {
    /// Above 0 and at most 100, with at most two decimals; 100 is for free.
    pub percentage: Option<Decimal>,
    /// An amount: of each unit, or of the order or of shipping. One in the shop's own currency is needed; in currencies that
    /// are not named, it follows from that by the rate of their price list.
    #[graphql(default)]
    pub amounts: Vec<DiscountAmountInput>,
    /// Of `PRODUCTS`: whether the amount is taken off once for all of them together, rather than of each unit.
    #[graphql(default)]
    pub once: bool,
    /// What a unit costs instead, or shipping, as `amounts`. Not for `ORDER`.
    #[graphql(default)]
    pub fixed_prices: Vec<DiscountAmountInput>,
}

/// From a threshold on, so much is taken off: one of `quantity` and `spend`.
#[derive(Debug, InputObject)]
pub struct DiscountTierInput {
    /// From so many units on.
    pub quantity: Option<i32>,
    /// From so much on, before any discount.
    #[graphql(default)]
    pub spend: Vec<DiscountAmountInput>,
    /// What is taken off.
    pub value: DiscountValueInput,
}

/// Which goods: those that are named in any of the lists; all, where none is named. Each list has at most 500.
#[derive(Debug, Default, InputObject)]
pub struct DiscountGoodsInput {
    /// The ids of products.
    #[graphql(default)]
    pub product_ids: Vec<ID>,
    /// The ids of variants.
    #[graphql(default)]
    pub variant_ids: Vec<ID>,
    /// The ids of categories, each with all that lies beneath.
    #[graphql(default)]
    pub category_ids: Vec<ID>,
    /// The ids of collections.
    #[graphql(default)]
    pub collection_ids: Vec<ID>,
    /// Whether to leave out goods whose price is shown as reduced.
    #[graphql(default)]
    pub without_reduced: bool,
}

/// A discount as it should be: all of it.
#[derive(Debug, InputObject)]
pub struct DiscountInput {
    /// What shoppers see it called, at most 100 characters.
    pub title: String,
    /// How a cart comes by it.
    pub method: DiscountMethod,
    /// What it gives.
    pub kind: DiscountKind,
    /// What it takes off. In its place `PRODUCTS` and `ORDER` may have `tiers`.
    pub value: Option<DiscountValueInput>,
    /// What it takes off from which threshold on: at most 20, the lowest first, all by `quantity` or all by `spend`.
    #[graphql(default)]
    pub tiers: Vec<DiscountTierInput>,
    /// Of `PRODUCTS` and `BUY_X_GET_Y`: which goods it lowers.
    pub goods: Option<DiscountGoodsInput>,
    /// Of `BUY_X_GET_Y`: which goods must be bought.
    pub buy: Option<DiscountGoodsInput>,
    /// Of `BUY_X_GET_Y`: how many units of them for each time; or `buySpend`.
    pub buy_quantity: Option<i32>,
    /// Of `BUY_X_GET_Y`: for how much of them for each time; or `buyQuantity`.
    #[graphql(default)]
    pub buy_spend: Vec<DiscountAmountInput>,
    /// Of `BUY_X_GET_Y`: how many units cost less each time. They are the cheapest, and none of them counts as bought.
    pub get_quantity: Option<i32>,
    /// Of `BUY_X_GET_Y`: how many times in one order; as often as it goes, unless given.
    pub times_max: Option<i32>,
    /// Of `SHIPPING`: for methods that cost no more.
    #[graphql(default)]
    pub shipping_price_max: Vec<DiscountAmountInput>,
    /// Of `SHIPPING`: for these countries alone.
    #[graphql(default)]
    pub countries: Vec<CountryCode>,
    /// From how many units it applies: of the goods that it lowers (of `BUY_X_GET_Y` those to be bought; of `ORDER` and
    /// `SHIPPING` all); or `minimumSpend`.
    pub minimum_quantity: Option<i32>,
    /// From how much of them it applies, before any discount; or `minimumQuantity`.
    #[graphql(default)]
    pub minimum_spend: Vec<DiscountAmountInput>,
    /// Whether it is for whoever has ordered nothing before.
    #[graphql(default)]
    pub first_order_only: bool,
    /// For members of these groups of customers alone.
    #[graphql(default)]
    pub customer_group_ids: Vec<ID>,
    /// For these markets alone.
    #[graphql(default)]
    pub market_ids: Vec<ID>,
    /// For carts in these currencies alone.
    #[graphql(default)]
    pub currency_codes: Vec<CurrencyCode>,
    /// Others of these classes apply beside it, where they allow its class, too.
    #[graphql(default)]
    pub combines_with: Vec<DiscountClass>,
    /// -1000 to 1000: of one class the highest applies first.
    #[graphql(default)]
    pub priority: i32,
    /// From when on it applies; from when it is switched on, unless given.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when it applies.
    pub ends_at: Option<DateTime<Utc>>,
    /// How many orders may have it in all.
    pub usage_limit: Option<i32>,
    /// How many orders of one customer may have it: by their account, and by their mail address.
    pub usage_limit_per_customer: Option<i32>,
    /// How many orders may have it by one of its codes.
    pub usage_limit_per_code: Option<i32>,
}

impl DiscountInput {
    /// # Errors
    /// `NOT_FOUND` at the place of the first id that is ill-formed.
    pub fn draft(self) -> Result<DiscountDraft, Refusal> {
        Ok(DiscountDraft {
            title: self.title,
            method: self.method.into(),
            kind: self.kind.into(),
            value: self.value.map(off),
            tiers: self.tiers.into_iter().map(tier).collect(),
            goods: goods("goods", self.goods.unwrap_or_default())?,
            buy: goods("buy", self.buy.unwrap_or_default())?,
            buy_quantity: self.buy_quantity.map(i64::from),
            buy_spend: amounts(self.buy_spend),
            get_quantity: self.get_quantity.map(i64::from),
            times_max: self.times_max.map(i64::from),
            price_max: amounts(self.shipping_price_max),
            countries: self.countries.into_iter().map(|code| code.0).collect(),
            minimum_quantity: self.minimum_quantity.map(i64::from),
            minimum_spend: amounts(self.minimum_spend),
            first_order: self.first_order_only,
            customer_groups: named(
                "customer group",
                &["discount", "customerGroupIds"],
                &self.customer_group_ids,
            )?,
            markets: named("market", &["discount", "marketIds"], &self.market_ids)?,
            currencies: self.currency_codes.into_iter().map(|code| code.0).collect(),
            combines_with: self.combines_with.into_iter().map(Into::into).collect(),
            priority: i64::from(self.priority),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            usage_limit: self.usage_limit.map(i64::from),
            usage_limit_per_customer: self.usage_limit_per_customer.map(i64::from),
            usage_limit_per_code: self.usage_limit_per_code.map(i64::from),
        })
    }
}

fn amounts(amounts: Vec<DiscountAmountInput>) -> Vec<AmountDraft> {
    let draft = |amount: DiscountAmountInput| AmountDraft {
        amount: amount.amount.0,
        currency: amount.currency_code.0,
    };
    amounts.into_iter().map(draft).collect()
}

fn off(value: DiscountValueInput) -> OffDraft {
    OffDraft {
        percentage: value.percentage.map(|percentage| percentage.0),
        amounts: amounts(value.amounts),
        once: value.once,
        fixed_prices: amounts(value.fixed_prices),
    }
}

fn tier(tier: DiscountTierInput) -> TierDraft {
    TierDraft {
        quantity: tier.quantity.map(i64::from),
        spend: amounts(tier.spend),
        value: off(tier.value),
    }
}

fn goods(field: &str, goods: DiscountGoodsInput) -> Result<Goods, Refusal> {
    Ok(Goods {
        products: named("product", &["discount", field, "productIds"], &goods.product_ids)?,
        variants: named("variant", &["discount", field, "variantIds"], &goods.variant_ids)?,
        categories: named("category", &["discount", field, "categoryIds"], &goods.category_ids)?,
        collections: named(
            "collection",
            &["discount", field, "collectionIds"],
            &goods.collection_ids,
        )?,
        without_reduced: goods.without_reduced,
    })
}

fn named<T: std::str::FromStr>(what: &str, field: &[&str], given: &[ID]) -> Result<Vec<T>, Refusal> {
    let read = |(place, id): (usize, &ID)| ids::input(id, what, &[field, &[&*place.to_string()]].concat());
    given.iter().enumerate().map(read).collect()
}
