//! What staff decide on a finding: to have it repaired, or to leave it.

use sea_orm::{EntityTrait, Value};
use serde_json::json;
use vitrine_entity::{
    ids::ReconciliationFindingId,
    payment,
    payment_entry::PaymentEntryKind,
    reconciliation_finding::{self, FindingStatus, Model as Finding},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    payments::ledger::{self, Operation},
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which finding to leave as it is, and why.
#[derive(Debug, Clone)]
pub struct DismissFinding {
    pub finding: ReconciliationFindingId,
    pub reason: String,
}

/// Approves a finding's repair; the job that follows makes it.
///
/// # Errors
/// Refuses a finding that was decided otherwise before, and one that the shop cannot repair by itself.
pub async fn repair(
    shop: &Shop,
    context: &Context,
    id: ReconciliationFindingId,
) -> Result<reconciliation_finding::Model> {
    permission::require(context, Permission::Payments)?;
    shop.transact(context, |tx| async move {
        let sql = "update reconciliation_finding set status = 'REPAIRING', decided_by = $2, note = null, note_said = null, updated_at = $3 \
                   where id = $1 and status = 'OPEN' and repair <> 'NONE' returning *";
        let values = [id.into(), context.viewer.actor().into(), shop.now().into()];
        let is_decided_so = |finding: &Finding| matches!(finding.status, FindingStatus::Repairing | FindingStatus::Repaired);
        let finding = match decide(&tx, id, sql, values, is_decided_so).await? {
            Decided::Now(finding) => finding,
            Decided::Before(finding) => return Ok(finding),
        };
        write_down(&tx, &finding, Operation::ReconciliationRepair, "repair").await?;
        tx.enqueue(finding.order_id, Job::RepairFinding { finding: id });
        Ok(finding)
    })
    .await
}

/// Leaves a finding as it is. While the ledgers say the very same, it is not found again.
///
/// # Errors
/// Refuses a finding that was decided otherwise before.
pub async fn dismiss(shop: &Shop, context: &Context, input: DismissFinding) -> Result<reconciliation_finding::Model> {
    permission::require(context, Permission::Payments)?;
    let reason = &text::line(&["reason"], &input.reason, 200)?;
    let id = input.finding;
    shop.transact(context, |tx| async move {
        let sql = "update reconciliation_finding set status = 'DISMISSED', decided_by = $2, note = $4, note_said = null, updated_at = $3 \
                   where id = $1 and status = 'OPEN' returning *";
        let values = [
            id.into(),
            context.viewer.actor().into(),
            shop.now().into(),
            reason.clone().into(),
        ];
        let is_decided_so =
            |finding: &Finding| finding.status == FindingStatus::Dismissed && finding.note.as_ref() == Some(reason);
        let finding = match decide(&tx, id, sql, values, is_decided_so).await? {
            Decided::Now(finding) => finding,
            Decided::Before(finding) => return Ok(finding),
        };
        write_down(&tx, &finding, Operation::ReconciliationDismiss, "dismiss").await?;
        Ok(finding)
    })
    .await
}

enum Decided {
    Now(Finding),
    /// In the same way: asked again, perhaps because the answer was lost.
    Before(Finding),
}

async fn decide<const N: usize>(
    tx: &Tx,
    id: ReconciliationFindingId,
    sql: &str,
    values: [Value; N],
    is_decided_so: impl Fn(&Finding) -> bool,
) -> Result<Decided> {
    if let Some(finding) = sql::one(tx.db(), sql, values).await? {
        return Ok(Decided::Now(finding));
    }
    let finding = reconciliation_finding::Entity::find_by_id(id).one(tx.db()).await?;
    if let Some(finding) = finding.clone().filter(is_decided_so) {
        return Ok(Decided::Before(finding));
    }
    let message = match finding.map(|finding| finding.status) {
        None => return Err(Refusal::not_found("finding").at(&["findingId"]).into()),
        Some(FindingStatus::Open) => messages::finding_beyond_repair(),
        Some(FindingStatus::Repairing) => messages::finding_under_repair(),
        Some(FindingStatus::Settled) => messages::finding_settled(),
        Some(FindingStatus::Repaired | FindingStatus::Dismissed) => messages::finding_decided(),
    };
    Err(Refusal::new(ErrorCode::PaymentState, message).at(&["findingId"]).into())
}

/// Into the payment's ledger, where it has one, and the record of what staff did.
async fn write_down(
    tx: &Tx,
    finding: &reconciliation_finding::Model,
    operation: Operation,
    decision: &str,
) -> Result<()> {
    let data = json!({
        "finding": finding.id,
        "summary": finding.summary,
        "reference": finding.reference,
        "repair": sea_orm::ActiveEnum::to_value(&finding.repair),
        "reason": finding.note,
    });
    let payment = payment::Entity::find_by_id(finding.payment_id).one(tx.db()).await?;
    if let Some(payment) = payment {
        let kind = PaymentEntryKind::Decision;
        ledger::write(tx, payment.id, kind, operation, None, data.clone());
    }
    let action = format!("reconciliation_finding.{decision}");
    audit(tx, &action, finding.id.to_string(), data).await
}
