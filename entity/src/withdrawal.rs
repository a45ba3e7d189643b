//! Somebody's statement that they withdraw from a contract, what the rules say of it, and what became of it. What was
//! declared never changes.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, PageVersionId, WithdrawalId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "withdrawal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WithdrawalId,
    /// What people read and say: `W-7K3M-9QXT`.
    pub number: String,
    /// `None` while nobody knows which order is meant.
    pub order_id: Option<OrderId>,
    /// As it was declared.
    pub order_number: String,
    /// Empty once it is forgotten, as are the address and the statement.
    pub name: String,
    pub email: String,
    /// The language of the statement.
    pub locale: String,
    /// The wording that was confirmed.
    pub statement: String,
    pub statement_sha256: Vec<u8>,
    pub whole_order: bool,
    /// Which goods, in the shopper's words.
    pub details: Option<String>,
    pub received_at: DateTimeUtc,
    pub created_by: String,
    /// The text under which the order was placed.
    pub page_version_id: Option<PageVersionId>,
    pub policy_sha256: Option<Vec<u8>>,
    /// `None` until the job has looked.
    pub judgement: Option<WithdrawalJudgement>,
    pub counted_from: Option<DateTimeUtc>,
    pub basis: Option<PeriodBasis>,
    /// `None` while the period has not begun.
    pub ends_at: Option<DateTimeUtc>,
    pub status: WithdrawalStatus,
    /// Why it was refused, as the shopper reads it.
    pub refusal: Option<String>,
    /// How many events it has: the next one's number, less one.
    pub event_count: i64,
    pub version: i64,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WithdrawalStatus {
    /// Staff have to look at it, or the job has yet to.
    Received,
    /// The goods come back, or were not sent.
    Accepted,
    Refused,
}

/// What the rules say of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WithdrawalJudgement {
    InTime,
    Late,
    /// The market has no such right, or a company bought.
    NotEntitled,
    /// No order has this number and this address.
    Unmatched,
}

/// From when a period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PeriodBasis {
    /// The last parcel was delivered.
    Delivered,
    /// The last parcel left, and nobody told that it came: with a margin.
    Sent,
    /// Something is still to be sent: the period has not begun.
    NotSent,
    /// Nothing is sent: the order was placed.
    Concluded,
}
