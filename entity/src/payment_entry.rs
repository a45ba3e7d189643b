//! The payment ledger, append-only: each request, answer and decision, redacted.

use sea_orm::entity::prelude::*;

use crate::ids::{PaymentEntryId, PaymentId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentEntryId,
    pub payment_id: PaymentId,
    pub kind: PaymentEntryKind,
    pub operation: String,
    /// The idempotency key that went to the provider.
    pub key: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub body: Json,
    pub correlation_id: String,
    pub actor: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentEntryKind {
    Request,
    Answer,
    Webhook,
    Decision,
}
