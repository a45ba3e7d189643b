use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::payments::reconciliation::{FindingFilter, told};
use vitrine_entity::reconciliation;

use super::{
    finding::{ReconciliationFindingConnection, ReconciliationFindingWhere, findings},
    questions::OpenFindingsOfReconciliation,
};
use crate::{
    graphql::shared::{ContextExt, Result, Said, connection, cost, int, page},
    ids,
};

/// Where a reconciliation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::reconciliation::ReconciliationStatus")]
pub enum ReconciliationStatus {
    /// It goes on: its counts still grow.
    Running,
    /// It is done.
    Done,
}

/// A comparison of the shop's payment ledger with a payment provider's books.
#[derive(Debug, Clone)]
pub struct Reconciliation(pub reconciliation::Model);

connection! { ReconciliationConnection, ReconciliationEdge, Reconciliation }

/// A comparison of the shop's payment ledger with a payment provider's books. For staff with the
/// permission `PAYMENTS`.
#[Object]
impl Reconciliation {
    /// Names the reconciliation.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Whose books were compared.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// The compared period begins here.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since
    }

    /// The compared period ends before this.
    async fn until(&self) -> DateTime<Utc> {
        self.0.until
    }

    /// Where it stands.
    async fn status(&self) -> ReconciliationStatus {
        self.0.status.into()
    }

    /// How many of the provider's charges agree with the shop's ledger, or have nothing left in
    /// them.
    async fn matched(&self) -> i32 {
        int(self.0.matched)
    }

    /// How many of the provider's charges were not made by this shop, but by something else that
    /// uses the same account.
    async fn foreign(&self) -> i32 {
        int(self.0.foreign_charges)
    }

    /// How many of the provider's charges should stand in the shop's ledger and do not.
    async fn missing_here(&self) -> i32 {
        int(self.0.missing_here)
    }

    /// How many payments of the shop the provider does not know.
    async fn missing_there(&self) -> i32 {
        int(self.0.missing_there)
    }

    /// How many stood in both and said different things when they were met, those included that
    /// were settled at once because the shop had merely not heard yet.
    async fn different(&self) -> i32 {
        int(self.0.different)
    }

    /// How many payments of the shop were left out, because the provider, which answers otherwise,
    /// gives no answer about them. The next reconciliation asks again.
    async fn unanswered(&self) -> i32 {
        int(self.0.unanswered)
    }

    /// Why it ended before it was through: its counts are of what came before. Null for one that
    /// nothing kept from its end.
    async fn error(&self) -> Option<Said> {
        told::error(&self.0).map(Said::from)
    }

    /// How many of its findings wait for a decision now.
    #[graphql(complexity = 3)]
    async fn open(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let open = ctx.load(OpenFindingsOfReconciliation(self.0.id)).await?;
        Ok(Some(int(open.unwrap_or_default())))
    }

    /// What it found, newest first. A finding belongs to the latest reconciliation that met it.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which findings.")] filter: Option<ReconciliationFindingWhere>,
    ) -> Result<Option<ReconciliationFindingConnection>> {
        let filter = FindingFilter {
            reconciliation: Some(self.0.id),
            ..filter.unwrap_or_default().into()
        };
        findings(ctx, &filter, &page(first, after, last, before)).await
    }

    /// Who began it: the id of a member of staff, or `system` for the schedule.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// When it began.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was done.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}
