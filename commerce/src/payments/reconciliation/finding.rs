//! Findings: written once for each thing until it is decided, and settled when it is gone.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, JsonValue, QueryFilter, QueryOrder, sea_query::Expr};
use vitrine_entity::{
    ids::{OrderId, PaymentId, ReconciliationFindingId},
    payment, reconciliation,
    reconciliation_finding::{self, FindingKind, FindingRepair, FindingStatus},
};

use super::{
    compare::{Difference, repair_missing_there},
    progress::Counts,
    record::{ProviderRecord, Record},
};
use crate::{
    Result, Tx,
    language::{Message, messages},
};

/// Something to be written down.
pub(super) struct Found {
    subject: String,
    kind: FindingKind,
    payment: PaymentId,
    order: Option<OrderId>,
    reference: Option<String>,
    summary: Message,
    ours: Option<JsonValue>,
    theirs: Option<JsonValue>,
    repair: FindingRepair,
}

/// What a finding on an attempt of ours is known by.
pub(super) fn subject(payment: PaymentId) -> String {
    payment.to_string()
}

impl Found {
    pub(super) fn different(ours: &payment::Model, theirs: &ProviderRecord, difference: &Difference) -> Self {
        Self {
            subject: subject(ours.id),
            kind: FindingKind::Different,
            payment: ours.id,
            order: Some(ours.order_id),
            reference: Some(theirs.reference.clone()),
            summary: difference.summary(),
            ours: Some(Record::ours(ours)),
            theirs: Some(theirs.record()),
            repair: difference.repair,
        }
    }

    /// A charge that names the attempt `payment` and has no row here; `beside` is that attempt's,
    /// where there is one.
    pub(super) fn missing_here(payment: PaymentId, beside: Option<&payment::Model>, theirs: &ProviderRecord) -> Self {
        let summary = match beside {
            Some(_) => messages::finding_another_charge(),
            None => messages::finding_unknown_charge(),
        };
        Self {
            subject: theirs.reference.clone(),
            kind: FindingKind::MissingHere,
            payment,
            order: beside.map(|ours| ours.order_id),
            reference: Some(theirs.reference.clone()),
            summary,
            ours: beside.map(Record::ours),
            theirs: Some(theirs.record()),
            repair: FindingRepair::PayBack,
        }
    }

    pub(super) fn missing_there(ours: &payment::Model) -> Self {
        Self {
            subject: subject(ours.id),
            kind: FindingKind::MissingThere,
            payment: ours.id,
            order: Some(ours.order_id),
            reference: ours.provider_reference.clone(),
            summary: messages::finding_unknown_there(),
            ours: Some(Record::ours(ours)),
            theirs: None,
            repair: repair_missing_there(ours.status),
        }
    }

    pub(super) fn count(&self, counts: &mut Counts) {
        match self.kind {
            FindingKind::MissingHere => counts.missing_here += 1,
            FindingKind::MissingThere => counts.missing_there += 1,
            FindingKind::Different => counts.different += 1,
        }
    }

    /// Whether `row` tells of the very same.
    fn is(&self, row: &reconciliation_finding::Model) -> bool {
        (self.kind, &self.ours, &self.theirs) == (row.kind, &row.ours, &row.theirs)
    }
}

/// Writes a finding down. An open one of the same subject is brought up to date; one that staff
/// have decided to leave is left, as long as it tells of the very same.
pub(super) async fn record(tx: &Tx, run: &reconciliation::Model, found: Found) -> Result<()> {
    let latest = reconciliation_finding::Entity::find()
        .filter(reconciliation_finding::Column::Provider.eq(run.provider.as_str()))
        .filter(reconciliation_finding::Column::Subject.eq(found.subject.as_str()))
        .order_by_desc(reconciliation_finding::Column::Id)
        .one(tx.db())
        .await?;
    let mut row = found.row(run);
    row.updated_at = Set(tx.shop().now());
    match latest {
        Some(latest) if latest.status == FindingStatus::Open => {
            row.id = Set(latest.id);
            if found.is(&latest) {
                // What was learned when its repair did not work stands.
                row.repair = Set(latest.repair);
            }
            reconciliation_finding::Entity::update(row).exec(tx.db()).await?;
        }
        Some(latest) if latest.status == FindingStatus::Repairing => {}
        Some(latest) if latest.status == FindingStatus::Dismissed && found.is(&latest) => {}
        _ => {
            row.id = Set(ReconciliationFindingId(tx.shop().new_id()));
            row.status = Set(FindingStatus::Open);
            row.decided_by = Set(None);
            row.note = Set(None);
            row.note_said = Set(None);
            row.created_at = Set(tx.shop().now());
            reconciliation_finding::Entity::insert(row)
                .exec_without_returning(tx.db())
                .await?;
        }
    }
    Ok(())
}

impl Found {
    /// What a new finding and a known one have in common.
    fn row(&self, run: &reconciliation::Model) -> reconciliation_finding::ActiveModel {
        reconciliation_finding::ActiveModel {
            reconciliation_id: Set(run.id),
            provider: Set(run.provider.clone()),
            subject: Set(self.subject.clone()),
            kind: Set(self.kind),
            payment_id: Set(self.payment),
            order_id: Set(self.order),
            reference: Set(self.reference.clone()),
            summary: Set(self.summary.to_string()),
            summary_said: Set(self.summary.kept()),
            ours: Set(self.ours.clone()),
            theirs: Set(self.theirs.clone()),
            repair: Set(self.repair),
            ..Default::default()
        }
    }
}

/// What was open of these subjects is gone: the ledgers agree.
pub(super) async fn settle(tx: &Tx, provider: &str, subjects: Vec<String>) -> Result<()> {
    if subjects.is_empty() {
        return Ok(());
    }
    reconciliation_finding::Entity::update_many()
        .col_expr(
            reconciliation_finding::Column::Status,
            Expr::value(FindingStatus::Settled),
        )
        .col_expr(reconciliation_finding::Column::UpdatedAt, Expr::value(tx.shop().now()))
        .filter(reconciliation_finding::Column::Provider.eq(provider))
        .filter(reconciliation_finding::Column::Subject.is_in(subjects))
        .filter(reconciliation_finding::Column::Status.eq(FindingStatus::Open))
        .exec(tx.db())
        .await?;
    Ok(())
}
