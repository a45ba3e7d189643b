//! One attempt to be paid for an order. At most one of an order is live or has succeeded.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, PaymentId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentId,
    pub order_id: OrderId,
    pub provider: String,
    /// The provider's token of the shopper's means of payment.
    pub method_token: String,
    pub currency: String,
    pub amount_minor: i64,
    pub captured_minor: i64,
    pub refunded_minor: i64,
    pub status: PaymentStatus,
    /// The provider's own id of it, once known.
    pub provider_reference: Option<String>,
    pub decline_code: Option<String>,
    /// What the shopper's client needs for the second factor.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub client_action: Option<Json>,
    /// A later attempt has taken its place. If its money turns up all the same, it is paid back.
    pub superseded: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// See `vitrine_commerce::payments::state` for which may follow which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    Created,
    Unknown,
    ActionRequired,
    Pending,
    Authorized,
    Captured,
    Declined,
    Voided,
    Refunded,
}
