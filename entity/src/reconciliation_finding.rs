//! Something in which our payment ledger and a provider's differ.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, PaymentId, ReconciliationFindingId, ReconciliationId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliation_finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReconciliationFindingId,
    /// The latest that met it.
    pub reconciliation_id: ReconciliationId,
    pub provider: String,
    /// What it is about, by which it is found once until it is decided: our attempt's id, or the
    /// provider's of a charge that has no row here.
    pub subject: String,
    pub kind: FindingKind,
    /// The attempt that it is, or that the charge names.
    pub payment_id: PaymentId,
    pub order_id: Option<OrderId>,
    /// The provider's id of the charge.
    pub reference: Option<String>,
    /// In what the ledgers differ, in a sentence.
    pub summary: String,
    /// The same in no language yet.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub summary_said: Option<Json>,
    /// Our record, as it was.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub ours: Option<Json>,
    /// The provider's record, as it was.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub theirs: Option<Json>,
    pub repair: FindingRepair,
    pub status: FindingStatus,
    pub decided_by: Option<String>,
    /// Why it was left, or why the repair did not work.
    pub note: Option<String>,
    /// The same in no language yet, where it is the shop's own.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub note_said: Option<Json>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// In what the ledgers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingKind {
    /// The provider has a charge that names one of our attempts, and that we have no row of.
    MissingHere,
    /// We believe in a charge that the provider does not know.
    MissingThere,
    /// Both have it, and say different things of it.
    Different,
}

/// What would make the ledgers equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingRepair {
    /// Take the provider's record over into ours.
    TakeOver,
    /// Pay back, or give up, what the provider holds.
    PayBack,
    /// Nothing that the shop could do by itself.
    None,
}

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingStatus {
    Open,
    /// A member of staff has approved the repair, and it is under way.
    Repairing,
    Repaired,
    /// A member of staff has decided to leave it.
    Dismissed,
    /// A later look found the ledgers equal.
    Settled,
}
