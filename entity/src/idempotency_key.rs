//! What a caller's key led to: kept for ever, so that a repeated request answers alike.

use sea_orm::entity::prelude::*;

use crate::{ids::OrderId, subject::Subject};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub caller: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub operation: String,
    /// SHA-256 of the input: the same key with another input is refused.
    pub request_hash: Vec<u8>,
    /// The subject, where it is an order: all that the previous version knows.
    pub order_id: Option<OrderId>,
    pub created_at: DateTimeUtc,
    /// What the request made: of what kind it is, the operation says. Rows of earlier versions have
    /// none where that is the order itself.
    pub result_id: Option<Uuid>,
    /// Whom or what the key belongs to; `None` in rows of earlier versions.
    pub subject: Option<Subject>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
