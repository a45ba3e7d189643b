use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::payments::reconciliation::{self, DismissFinding, StartReconciliation};

use super::{finding::ReconciliationFinding, object::Reconciliation};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Whose books to compare, and which part of them.
#[derive(Debug, InputObject)]
pub struct ReconciliationStartInput {
    /// The payment provider's name, as in `stripe`. It must be one that keeps books.
    pub provider: String,
    /// The period begins here.
    pub since: DateTime<Utc>,
    /// The period ends before this: at most 31 days later, and not in the future.
    pub until: DateTime<Utc>,
}

/// Which finding to repair.
#[derive(Debug, InputObject)]
pub struct ReconciliationFindingRepairInput {
    /// The finding's id.
    pub finding_id: ID,
}

/// Which finding to leave, and why.
#[derive(Debug, InputObject)]
pub struct ReconciliationFindingDismissInput {
    /// The finding's id.
    pub finding_id: ID,
    /// Why nothing needs to be done: at most 200 characters.
    pub reason: String,
}

payload! {
    /// What `reconciliationStart` answers.
    ReconciliationStartPayload {
        /// The reconciliation, which goes on in the background.
        reconciliation: Reconciliation,
    }
}

payload! {
    /// What `reconciliationFindingRepair` answers.
    ReconciliationFindingRepairPayload {
        /// The finding, whose repair goes on in the background.
        finding: ReconciliationFinding,
    }
}

payload! {
    /// What `reconciliationFindingDismiss` answers.
    ReconciliationFindingDismissPayload {
        /// The finding as it is now.
        finding: ReconciliationFinding,
    }
}

#[derive(Debug, Default)]
pub struct ReconciliationMutation;

#[Object]
impl ReconciliationMutation {
    /// Compares the payment ledger with a provider's books, in the background; the shop does so by
    /// itself once a day. One goes on for a provider at a time: asked for the same period again
    /// meanwhile, it is answered with that one; another period is refused with `PAYMENT_STATE`.
    /// For staff with the permission `PAYMENTS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn reconciliation_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose books to compare, and which part of them.")] input: ReconciliationStartInput,
    ) -> Result<Option<ReconciliationStartPayload>> {
        let start = StartReconciliation {
            provider: input.provider,
            since: input.since,
            until: input.until,
        };
        let started = reconciliation::start(ctx.shop(), ctx.caller(), start).await;
        ReconciliationStartPayload::of(started.map(Reconciliation))
    }

    /// Approves the repair that an open finding proposes. It is made in the background, after the
    /// provider was asked anew. Refused with `PAYMENT_STATE` if the finding was decided otherwise before or
    /// the shop cannot repair it by itself. For staff with the permission `PAYMENTS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn reconciliation_finding_repair(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which finding to repair.")] input: ReconciliationFindingRepairInput,
    ) -> Result<Option<ReconciliationFindingRepairPayload>> {
        ReconciliationFindingRepairPayload::of(repair(ctx, input).await)
    }

    /// Leaves an open finding as it is. It is not found again while both ledgers say the very
    /// same. Refused with `PAYMENT_STATE` if it was decided otherwise before. For staff with the permission
    /// `PAYMENTS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn reconciliation_finding_dismiss(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which finding to leave, and why.")] input: ReconciliationFindingDismissInput,
    ) -> Result<Option<ReconciliationFindingDismissPayload>> {
        ReconciliationFindingDismissPayload::of(dismiss(ctx, input).await)
    }
}

async fn repair(
    ctx: &Context<'_>,
    input: ReconciliationFindingRepairInput,
) -> vitrine_commerce::Result<ReconciliationFinding> {
    let finding = ids::input(&input.finding_id, "finding", &["findingId"])?;
    let finding = reconciliation::repair(ctx.shop(), ctx.caller(), finding).await?;
    Ok(ReconciliationFinding(finding))
}

async fn dismiss(
    ctx: &Context<'_>,
    input: ReconciliationFindingDismissInput,
) -> vitrine_commerce::Result<ReconciliationFinding> {
    let dismiss = DismissFinding {
        finding: ids::input(&input.finding_id, "finding", &["findingId"])?,
        reason: input.reason,
    };
    let finding = reconciliation::dismiss(ctx.shop(), ctx.caller(), dismiss).await?;
    Ok(ReconciliationFinding(finding))
}
