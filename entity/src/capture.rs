//! Money of an authorization on its way to us: a machine of its own beside the payment's.

use sea_orm::entity::prelude::*;

use crate::ids::{CaptureId, OrderId, PaymentId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "capture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaptureId,
    pub payment_id: PaymentId,
    pub order_id: OrderId,
    pub amount_minor: i64,
    /// Whether what it does not take is released. Where not, more may be captured.
    pub releases_rest: bool,
    pub status: CaptureStatus,
    /// Why it failed, in the provider's words.
    pub failure: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a capture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaptureStatus {
    Requested,
    Succeeded,
    Failed,
}
