//! A step of a return, append-only. The number is gapless within its return.

use sea_orm::entity::prelude::*;

use crate::ids::ReturnId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_id: ReturnId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub kind: ReturnEventKind,
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    pub actor: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnEventKind {
    Requested,
    Approved,
    Refused,
    Cancelled,
    Received,
    Inspected,
    Refunded,
    /// A provider could not pay back: the units are not paid back.
    RefundFailed,
    Exchanged,
    Closed,
}
