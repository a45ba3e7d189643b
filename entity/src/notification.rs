//! A message to a customer inside the shop.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{CustomerId, NotificationId, OrderId},
    order_event::OrderEventKind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    pub customer_id: CustomerId,
    pub order_id: Option<OrderId>,
    pub kind: OrderEventKind,
    pub read_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
