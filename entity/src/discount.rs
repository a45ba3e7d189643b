//! What the shop takes off, by itself or by a code: what it gives, when, and how often.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    currency::Currency,
    ids::{CategoryId, CollectionId, CustomerGroupId, DiscountId, MarketId, ProductId, VariantId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "discount")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscountId,
    /// For the shopper.
    pub title: String,
    pub method: DiscountMethod,
    /// Whether staff have switched it on; a draft otherwise.
    pub active: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub effect: Effect,
    #[sea_orm(column_type = "JsonBinary")]
    pub conditions: Conditions,
    /// Of which classes others may apply beside it.
    #[sea_orm(column_type = "JsonBinary")]
    pub combines_with: Classes,
    /// Of one class the highest applies first.
    pub priority: i32,
    pub starts_at: Option<DateTimeUtc>,
    pub ends_at: Option<DateTimeUtc>,
    /// How many orders may have it in all.
    pub usage_limit: Option<i64>,
    /// How many orders of one customer, or of one mail address.
    pub usage_limit_per_customer: Option<i64>,
    /// How many orders with one of its codes.
    pub usage_limit_per_code: Option<i64>,
    /// Grows with every edit by staff.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How a cart comes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DiscountMethod {
    /// Somebody types one of its codes.
    Code,
    /// By itself.
    Automatic,
}

/// What it lowers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DiscountClass {
    /// Lines, each by itself.
    Product,
    /// All goods together.
    Order,
    Shipping,
}

/// Each at most once, in the order of the enumeration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Classes(pub Vec<DiscountClass>);

/// What it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Effect {
    /// So much off of each line of some goods.
    Products { goods: Goods, value: Value },
    /// So much off of all goods together.
    Order { value: Value },
    /// Whoever buys some goods gets others for less.
    BuyXGetY {
        buy: Goods,
        required: Threshold,
        get: Goods,
        get_quantity: i64,
        off: Off,
        /// How many times in one order.
        times_max: Option<i64>,
    },
    /// So much off of shipping.
    Shipping {
        off: Off,
        /// Only methods that cost no more.
        price_max: Option<Amounts>,
        /// Where the goods go; ISO 3166-1 alpha-2. Everywhere, where none is named.
        countries: Vec<String>,
    },
}

impl Effect {
    pub fn class(&self) -> DiscountClass {
        match self {
            Self::Products { .. } | Self::BuyXGetY { .. } => DiscountClass::Product,
            Self::Order { .. } => DiscountClass::Order,
            Self::Shipping { .. } => DiscountClass::Shipping,
        }
    }
}

/// So much, or so much from a threshold on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Value {
    Flat(Off),
    /// All by quantity, or all by spend, from the lowest threshold up.
    Tiered(Vec<Tier>),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub from: Threshold,
    pub off: Off,
}

/// How much must be bought: counted at the prices before any discount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Threshold {
    Quantity(i64),
    Spend(Amounts),
}

/// How much is taken off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Off {
    /// Hundredths of a percent, 1 to 10,000.
    Percentage(i32),
    /// Of each unit; of the order and of shipping once.
    Amount(Amounts),
    /// Of some goods, once for all of them together.
    AmountOnce(Amounts),
    /// What each unit costs instead, or shipping.
    FixedPrice(Amounts),
}

/// An amount in the currencies for which staff have named one. In others it follows from that in the shop's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts(pub Vec<Amount>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    pub currency: Currency,
    pub minor: i64,
}

/// Which goods: those that are named in any of the lists; all, where none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    #[serde(default)]
    pub products: Vec<ProductId>,
    #[serde(default)]
    pub variants: Vec<VariantId>,
    /// With all that lies beneath.
    #[serde(default)]
    pub categories: Vec<CategoryId>,
    #[serde(default)]
    pub collections: Vec<CollectionId>,
    /// Not those whose price is already shown as reduced.
    #[serde(default)]
    pub without_reduced: bool,
}

impl Goods {
    pub fn is_all(&self) -> bool {
        self.products.is_empty()
            && self.variants.is_empty()
            && self.categories.is_empty()
            && self.collections.is_empty()
    }
}

/// When it applies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Conditions {
    /// Of the goods that it is for; of all, where it is for the order or for shipping.
    #[serde(default)]
    pub minimum: Option<Threshold>,
    #[serde(default)]
    pub first_order: bool,
    /// For members of any of them; for everybody, where none is named.
    #[serde(default)]
    pub customer_groups: Vec<CustomerGroupId>,
    /// Everywhere, where none is named.
    #[serde(default)]
    pub markets: Vec<MarketId>,
    /// In each, where none is named.
    #[serde(default)]
    pub currencies: Vec<Currency>,
}
