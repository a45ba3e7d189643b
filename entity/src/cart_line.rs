//! A variant and how many of it.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    attribute::Attributes,
    ids::{CartId, CartLineId, VariantId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartLineId,
    pub cart_id: CartId,
    pub variant_id: VariantId,
    pub quantity: i32,
    /// The price the shopper last saw: when it differs from today's, the cart says so.
    pub seen_price_minor: i64,
    pub created_at: DateTimeUtc,
    #[sea_orm(column_type = "JsonBinary")]
    pub attributes: Attributes,
    /// What tells lines of one variant apart: for whom a gift card is. Empty of all other goods.
    pub detail: String,
    /// Whether staff gave its price, in a draft order.
    pub own_price: bool,
    /// What it is, where staff sell what the catalogue has not.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub own_goods: Option<OwnGoods>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Goods or a service that the catalogue has not, as staff named them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct OwnGoods {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// As a variant's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_category: Option<String>,
    /// Of one unit.
    #[serde(default)]
    pub weight_grams: i32,
}
