//! What the shop says of returns: one row.

use std::collections::BTreeMap;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::ids::LocationId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "return_policy")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: i32,
    /// For how many days after the goods came.
    pub days: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub market_days: MarketDays,
    /// Whether requests are approved as they come.
    pub approves_at_once: bool,
    pub refunds_shipping: ShippingRefund,
    /// What is kept of what goes back, in hundredths of a percent.
    pub fee_basis_points: i32,
    pub location_id: Option<LocationId>,
    pub instructions: Option<String>,
    /// For how many days after the goods came consumers may withdraw; 0: they have no such right.
    pub withdrawal_days: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub withdrawal_market_days: MarketDays,
    /// After how many days goods count as delivered whose carrier does not tell.
    pub delivery_margin_days: i32,
    /// For how many days an exchange that costs more waits for what is still to be paid.
    pub exchange_days: i32,
    pub version: i64,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// In place of the shop's own days, by the public ids of markets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct MarketDays(pub BTreeMap<String, i32>);

/// Whether what shipping cost goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShippingRefund {
    Never,
    /// When everything of the order has come back.
    WholeOrder,
}
