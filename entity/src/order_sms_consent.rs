//! What a shopper said to text messages about an order, and when: one row each time, never changed.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, OrderSmsConsentId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_sms_consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderSmsConsentId,
    pub order_id: OrderId,
    pub granted: bool,
    /// E.164, as in `+4915123456789`.
    pub phone: String,
    /// Which wording they agreed to, or withdrew from, as the storefront calls it.
    pub wording: String,
    pub source: SmsConsentSource,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How they said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SmsConsentSource {
    /// At the order.
    Order,
    /// To somebody who works here.
    Staff,
    /// By answering a message, as in `STOP`: the provider told of it.
    Provider,
}
