//! Something in the books of gift cards and store credit that did not agree when the shop looked.

use sea_orm::entity::prelude::*;

use crate::ids::CreditFindingId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CreditFindingId,
    pub kind: CreditFindingKind,
    /// The account's id, or the order's.
    pub subject: Uuid,
    pub noted_minor: i64,
    pub entries_minor: i64,
    pub status: CreditFindingStatus,
    pub decided_by: Option<String>,
    /// Why it was left.
    pub note: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CreditFindingKind {
    /// A balance is not the sum of its entries.
    Balance,
    /// What an order says that credit has paid is not what was taken for it.
    Paid,
    /// What is noted to be back of an order is not what was given back.
    Returned,
}

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CreditFindingStatus {
    Open,
    /// A member of staff has decided to leave it.
    Dismissed,
    /// A later look found that all agrees.
    Settled,
}
