//! Which units of a line a refund is for.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderLineId, RefundId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refund_line")]
pub struct Model {
    /// An `order_refund`, or a `refund` of an earlier version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub refund_id: RefundId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_line_id: OrderLineId,
    pub quantity: i32,
    /// How much of the refund is for them.
    pub amount_minor: i64,
    /// How much of what was paid for them the shop keeps.
    pub withheld_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
