//! A comparison of our payment ledger with a provider's.

use sea_orm::entity::prelude::*;

use crate::ids::ReconciliationId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReconciliationId,
    pub provider: String,
    pub since: DateTimeUtc,
    pub until: DateTimeUtc,
    pub status: ReconciliationStatus,
    pub phase: ReconciliationPhase,
    /// Where the next page of the phase begins.
    pub page_cursor: Option<String>,
    /// How often the provider did not answer about what stands there.
    pub tries: i32,
    /// Charges in the provider's books that agree with ours, or in which nothing is left.
    pub matched: i64,
    /// Charges in the provider's books that are not this shop's.
    pub foreign_charges: i64,
    pub missing_here: i64,
    pub missing_there: i64,
    /// Those that were settled at once included.
    pub different: i64,
    /// Attempts that the provider gives no answer about, though it answers others.
    pub unanswered: i64,
    /// Why it ended before it was through.
    pub error: Option<String>,
    /// The same in no language yet.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub error_said: Option<Json>,
    pub actor: String,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a reconciliation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReconciliationStatus {
    Running,
    Done,
}

/// What a reconciliation does, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReconciliationPhase {
    /// Looks for each of the provider's charges in our books.
    #[sea_orm(string_value = "THEIRS")]
    Statement,
    /// Looks up those of ours that were not met, and older ones that have moved since.
    #[sea_orm(string_value = "OURS")]
    Unmatched,
    /// Looks again at every open finding.
    Findings,
    /// Asks back money whose order was cancelled or has another payment.
    #[sea_orm(string_value = "UNWANTED")]
    Orphaned,
}
