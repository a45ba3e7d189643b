//! An order of a client that knows the older checkout alone, and what the older system says of it.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::ids::{LegacyOrderId, OrderId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "legacy_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LegacyOrderId,
    /// As whoever placed it calls it.
    pub number: String,
    /// Ours, where it was placed here.
    pub order_id: Option<OrderId>,
    pub placed: LegacySide,
    /// Where it was placed here, what was last written there, empty before; else what was said as it was placed.
    #[sea_orm(column_type = "JsonBinary")]
    pub agreed: LegacyRecord,
    /// What the older system says otherwise.
    #[sea_orm(column_type = "JsonBinary")]
    pub differences: LegacyDifferences,
    pub finding: LegacyFinding,
    pub decided_by: Option<String>,
    pub note: Option<String>,
    pub written_at: Option<DateTimeUtc>,
    pub compared_at: Option<DateTimeUtc>,
    /// When it is compared again; `None` once it is over.
    pub next_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which of the two systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LegacySide {
    Here,
    There,
}

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LegacyFinding {
    /// Both say the same.
    None,
    /// They differ, and staff have not decided.
    Open,
    /// Staff have decided to leave it.
    Dismissed,
}

/// An order as the two systems tell each other of it. Nobody's name or address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct LegacyRecord {
    pub number: String,
    /// `placed`, `paid`, `sent`, `done` or `cancelled`.
    pub status: String,
    /// ISO 4217.
    pub currency: String,
    /// A decimal.
    pub total: String,
    #[serde(default)]
    pub items: Vec<LegacyItem>,
}

/// Goods of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LegacyItem {
    pub sku: String,
    pub quantity: i64,
    /// A decimal: of all of them together.
    pub total: String,
}

/// What the two systems say of an order that is not the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct LegacyDifferences(pub Vec<LegacyDifference>);

/// A field of which they say something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegacyDifference {
    /// `order`, `status`, `currency`, `total`, or an item's SKU.
    pub field: String,
    /// What holds here; empty where there is nothing.
    pub here: String,
    pub there: String,
}
