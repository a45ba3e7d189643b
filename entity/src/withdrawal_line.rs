//! Units of an order's line from which somebody withdraws. Append-only.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{OrderLineId, WithdrawalId},
    return_exemption::ExemptionReason,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "withdrawal_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub withdrawal_id: WithdrawalId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_line_id: OrderLineId,
    pub position: i32,
    pub quantity: i32,
    /// Why the goods were exempt when the statement came.
    pub exempt: Option<ExemptionReason>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
