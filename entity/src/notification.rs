//! A message to a customer inside the shop.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{CustomerId, NotificationId, OrderId},
    subject::Subject,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    pub customer_id: CustomerId,
    /// The subject, where it is an order: all that the previous version knows.
    pub order_id: Option<OrderId>,
    pub kind: NotificationKind,
    pub read_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// `None` in rows of earlier versions.
    pub subject: Option<Subject>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NotificationKind {
    PaymentActionRequired,
    PaymentInstructions,
    PaymentFailed,
    Confirmed,
    Dispatched,
    ParcelDispatched,
    ParcelDelivered,
    ParcelDeliveryFailed,
    Completed,
    Cancelled,
    Refunded,
    /// Less is to be paid: nothing had come that could go back.
    OwedLess,
    /// What was paid for goods that came back pays others.
    Exchanged,
    ReturnApproved,
    ReturnRefused,
    ReturnReceived,
    Edited,
}
