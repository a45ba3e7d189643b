//! A refund of a return, and what of it a provider could not pay.

use sea_orm::entity::prelude::*;

use crate::ids::{RefundId, ReturnId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return_refund")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_refund_id: RefundId,
    pub return_id: ReturnId,
    pub amount_minor: i64,
    /// What was kept of what was paid for the units.
    pub fee_minor: i64,
    /// What was taken off the return, because providers could not pay it.
    pub failed_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
