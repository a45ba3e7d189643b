//! What is sold: one combination of a product's option values, with its SKU.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    currency::Currency,
    ids::{ProductId, VariantId},
};

/// The category of goods on which no tax is due anywhere, unless a place has a rate of its own for it.
pub const UNTAXED: &str = "untaxed";

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "variant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VariantId,
    pub product_id: ProductId,
    pub sku: String,
    pub title: String,
    /// One value for each of the product's options, in their order.
    #[sea_orm(column_type = "JsonBinary")]
    pub option_values: Json,
    pub position: i32,
    pub active: bool,
    pub weight_grams: i32,
    pub requires_shipping: bool,
    pub tax_category: Option<String>,
    pub barcode: Option<String>,
    /// Staff are told once when what is available falls to this or below.
    pub low_stock_threshold: Option<i32>,
    /// What it needs of whoever carries it, in a word of the shop's own: `bulky`, `frozen`.
    pub shipping_class: Option<String>,
    /// When staff deleted it. Orders go on naming it; `sku` is its own id from then on.
    pub deleted_at: Option<DateTimeUtc>,
    /// The SKU and the switch that it has back when it is restored.
    pub deleted_sku: Option<String>,
    pub deleted_active: Option<bool>,
    /// What its price per unit is computed from.
    pub unit_measurement: Option<UnitMeasurement>,
    /// Whether it is a gift card: each unit that is paid becomes one, worth its price.
    pub gift_card: bool,
    /// Between which amounts the buyer of a gift card may choose; it costs its price where there are none.
    pub gift_card_amounts: Option<GiftCardAmounts>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How much is in a variant, and how much its price is told for: 500 `G`, per 1 `KG`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct UnitMeasurement {
    /// In millionths of `quantity_unit`.
    pub quantity_micro: i64,
    pub quantity_unit: String,
    /// In millionths of `reference_unit`.
    pub reference_micro: i64,
    pub reference_unit: String,
}

/// Between which amounts the buyer of a gift card may choose, in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct GiftCardAmounts {
    /// The one that the amounts are in.
    pub currency: Currency,
    pub minimum_minor: i64,
    pub maximum_minor: i64,
    /// Every so much from the minimum on.
    pub step_minor: i64,
}
