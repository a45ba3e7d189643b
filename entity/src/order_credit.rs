//! What an order was paid from which gift card or store credit, and how much of it has gone back.

use sea_orm::entity::prelude::*;

use crate::ids::{CreditAccountId, OrderId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_credit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: CreditAccountId,
    /// In which order they pay, from 0.
    pub position: i32,
    /// Always more than nothing.
    pub amount_minor: i64,
    /// At most the amount.
    pub returned_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
