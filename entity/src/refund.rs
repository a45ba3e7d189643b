//! Money on its way back: a machine of its own beside the payment's.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, PaymentId, RefundId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refund")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefundId,
    pub payment_id: PaymentId,
    pub order_id: OrderId,
    pub amount_minor: i64,
    pub reason: String,
    /// The reason, where a rule of the shop's gave it: then `reason` is for the previous version.
    pub reason_code: Option<String>,
    pub status: RefundStatus,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// The provider's own id of it, once known.
    pub provider_reference: Option<String>,
    /// Why it failed, in the provider's words.
    pub failure: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundStatus {
    Requested,
    Succeeded,
    Failed,
}
