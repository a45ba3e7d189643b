//! Money of an order that is paid back at once, over all that it was paid with.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, RefundId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_refund")]
pub struct Model {
    /// That of its first part at a payment provider, where it has one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefundId,
    pub order_id: OrderId,
    pub destination: RefundTo,
    pub amount_minor: i64,
    /// How much of it is for shipping.
    pub shipping_minor: i64,
    /// What staff wrote, which the shopper is shown.
    pub reason: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where the money goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundTo {
    /// To what the order was paid with, in the order that the shop's settings say.
    #[default]
    Original,
    /// Onto the store credit of the order's customer.
    StoreCredit,
}
