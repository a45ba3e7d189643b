//! Units that an order was promised and that did not lie in stock.

use sea_orm::entity::prelude::*;

use crate::ids::{BackorderId, OrderId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "backorder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BackorderId,
    pub order_id: OrderId,
    pub variant_id: VariantId,
    pub quantity: i64,
    /// Units that have come since: each is a reservation by now.
    pub filled: i64,
    pub state: BackorderState,
    pub kind: BackorderKind,
    pub promised_for: Option<Date>,
    /// Until when an unpaid order keeps its promise.
    pub expires_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BackorderState {
    Waiting,
    Filled,
    Cancelled,
}

/// Whether the goods come again or for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BackorderKind {
    Backorder,
    PreOrder,
}
