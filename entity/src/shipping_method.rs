//! A way to ship within a zone, or to have the goods waiting at a place of the shop's.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    currency::Currency,
    ids::{LocationId, ShippingMethodId, ShippingZoneId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_method")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShippingMethodId,
    pub zone_id: ShippingZoneId,
    pub name: String,
    pub description: String,
    pub currency: Currency,
    /// What it costs in any case; the steps' prices come on top.
    pub amount_minor: i64,
    /// From this subtotal on it is free.
    pub free_from_minor: Option<i64>,
    pub position: i32,
    pub active: bool,
    pub kind: MethodKind,
    /// Where a pickup waits.
    pub location_id: Option<LocationId>,
    pub carrier: Option<String>,
    /// By the weight of the goods in grams.
    #[sea_orm(column_type = "JsonBinary")]
    pub weight_steps: Steps,
    /// By the subtotal of the goods in minor units.
    #[sea_orm(column_type = "JsonBinary")]
    pub value_steps: Steps,
    pub value_min_minor: Option<i64>,
    pub value_max_minor: Option<i64>,
    pub weight_min_grams: Option<i64>,
    pub weight_max_grams: Option<i64>,
    /// Working days until it is handed over.
    pub handling_days: i32,
    /// Working days from then on.
    pub transit_days_min: Option<i32>,
    pub transit_days_max: Option<i32>,
    /// The hour of the shop's day from which on an order counts as one of the next working day.
    pub cutoff_hour: Option<i32>,
    /// Classes of goods that it does not carry.
    #[sea_orm(column_type = "JsonBinary")]
    pub refused_classes: Classes,
    /// The only classes that it carries, unless empty.
    #[sea_orm(column_type = "JsonBinary")]
    pub only_classes: Classes,
    /// Whose rate its price is taxed at; the standard one's where there is none.
    pub tax_category: Option<String>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whether the goods go to the shopper, or the shopper to the goods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MethodKind {
    #[default]
    Ship,
    Pickup,
}

/// What a method costs up to a weight or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Inclusive, in grams or minor units; `None` for everything beyond the step before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<i64>,
    pub amount_minor: i64,
}

/// Ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Steps(pub Vec<Step>);

/// Words of the shop's own for what goods need of whoever carries them, in order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Classes(pub Vec<String>);
