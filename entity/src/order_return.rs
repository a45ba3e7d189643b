//! Goods that a shopper sends back: a machine of its own beside the order's.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, OrderId, RefundId, ReturnId, WithdrawalId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReturnId,
    pub order_id: OrderId,
    /// Which of the order's it is, from 1.
    pub number: i32,
    pub status: ReturnStatus,
    pub resolution: ReturnResolution,
    /// What the shopper wrote.
    pub note: Option<String>,
    /// Why it was refused, as the shopper reads it.
    pub refusal: Option<String>,
    /// Where it is sent to.
    pub location_id: Option<LocationId>,
    /// How it is sent.
    pub instructions: Option<String>,
    /// Where the label lies that staff give.
    pub label_url: Option<String>,
    pub refunded_minor: i64,
    /// What was kept as a restocking fee.
    pub fee_minor: i64,
    /// How many events it has: the next one's number, less one.
    pub event_count: i64,
    pub version: i64,
    pub created_by: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// When it was approved or refused.
    pub decided_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    /// The order by which other goods were sent in place of those that came.
    pub exchange_order_id: Option<OrderId>,
    /// The refund by which what had been paid for those that came paid the others; `None` for exchanges of earlier versions, too.
    pub exchange_refund_id: Option<RefundId>,
    /// Until when what they cost more is to be paid, where they did; `None` for exchanges of earlier versions, too.
    pub exchange_due_at: Option<DateTimeUtc>,
    /// The statement of withdrawal that it follows from.
    pub withdrawal_id: Option<WithdrawalId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// See `vitrine_commerce::returns::state` for which may follow which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnStatus {
    Requested,
    Approved,
    PartlyReceived,
    Received,
    /// Of each unit that came it is known what became of it.
    Inspected,
    Closed,
    Refused,
    Cancelled,
}

/// What the shopper wants for what they send back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnResolution {
    /// To what the order was paid with.
    Refund,
    StoreCredit,
    /// The same product in another variant.
    Exchange,
}
