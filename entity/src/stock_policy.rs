//! What is sold of a variant when stock is out. Where there is no row it is tracked, and refused then.

use sea_orm::entity::prelude::*;

use crate::ids::VariantId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_policy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    pub policy: OutOfStockPolicy,
    /// What is not tracked never runs out.
    pub tracked: bool,
    /// How many units may be promised at once; `None` for any number.
    pub unit_limit: Option<i64>,
    /// Units that orders wait for.
    pub promised: i64,
    /// How long the goods take, in days.
    pub promise_days: Option<i32>,
    /// When the goods are there.
    pub promise_date: Option<Date>,
    /// Grows with every edit by staff.
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What becomes of an order for more than lies in stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OutOfStockPolicy {
    Refuse,
    /// It waits for goods that come again.
    Backorder,
    /// It waits for goods that come for the first time.
    PreOrder,
}
