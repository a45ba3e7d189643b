//! What a caller's key led to: kept for ever, so that a repeated request answers alike.

use sea_orm::entity::prelude::*;

use crate::ids::OrderId;

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
    pub order_id: OrderId,
    pub created_at: DateTimeUtc,
    /// What the request made, where that is not the order itself.
    pub result_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
