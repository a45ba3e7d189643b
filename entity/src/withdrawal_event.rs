//! What became of a statement of withdrawal, append-only. The number is gapless within its statement.

use sea_orm::entity::prelude::*;

use crate::ids::WithdrawalId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "withdrawal_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub withdrawal_id: WithdrawalId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub kind: WithdrawalEventKind,
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
pub enum WithdrawalEventKind {
    /// The statement came.
    Received,
    /// The rules were looked at.
    Judged,
    /// The mail that confirms the receipt was handed over.
    Confirmed,
    /// Staff said which order is meant.
    Matched,
    Accepted,
    Refused,
}
