//! The ledger of credit, append-only: each change of a balance, and why.

use sea_orm::entity::prelude::*;

use crate::ids::{CreditAccountId, OrderId, RefundId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: CreditAccountId,
    /// Counts the account's entries, from 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub kind: CreditEntryKind,
    /// What came, or with a minus went.
    pub amount_minor: i64,
    /// What was there afterwards.
    pub balance_minor: i64,
    pub order_id: Option<OrderId>,
    /// The refund by which it came.
    pub refund_id: Option<RefundId>,
    pub reason: Option<String>,
    pub actor: String,
    pub correlation_id: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why a balance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CreditEntryKind {
    /// A card was bought, or given by staff; credit was given by staff.
    Issued,
    /// It paid an order, or a part of one.
    Redeemed,
    /// The order that it paid was cancelled.
    GivenBack,
    /// Money was paid back to it.
    Refunded,
    /// Staff corrected it.
    Adjusted,
    /// Its time was over.
    Expired,
    /// The price of a card that was sold was paid back.
    Withdrawn,
}
