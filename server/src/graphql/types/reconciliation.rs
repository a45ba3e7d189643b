use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Fault,
    payments::reconciliation::{self as reconcile, FindingFilter, Record},
    staff::Permission,
};
use vitrine_entity::{reconciliation, reconciliation_finding};

use super::{Money, Order, Payment, PaymentStatus};
use crate::graphql::{
    connection::{connection, cost, map, page},
    failure::Result,
    ids, int,
    loaders::{OpenFindingsOfReconciliation, OrderById, PaymentById},
    request::Request,
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
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
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

/// In what the ledgers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::reconciliation_finding::FindingKind")]
pub enum ReconciliationFindingKind {
    /// The provider has a charge that names a payment of the shop, and that the shop's ledger does
    /// not have: the payment is unknown, or has another charge already.
    MissingHere,
    /// The shop's ledger has a payment that the provider does not know.
    MissingThere,
    /// Both have it, and say different things of it.
    Different,
}

/// What would make the ledgers equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::reconciliation_finding::FindingRepair")]
pub enum ReconciliationRepair {
    /// The shop's ledger takes over what the provider says, such as a refund that was made in the
    /// provider's own dashboard; the order goes where that leads it.
    TakeOver,
    /// What the provider holds is paid back, or given up.
    PayBack,
    /// Nothing that the shop could do by itself: ask the provider, then dismiss the finding.
    None,
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::reconciliation_finding::FindingStatus")]
pub enum ReconciliationFindingStatus {
    /// It waits for a decision.
    Open,
    /// Its repair was approved and is under way.
    Repairing,
    /// It was repaired.
    Repaired,
    /// Staff have decided to leave it.
    Dismissed,
    /// A later look found the ledgers equal.
    Settled,
}

/// Restricts a list of findings. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct ReconciliationFindingWhere {
    /// In what the ledgers differ.
    pub kind: Option<ReconciliationFindingKind>,
    /// Where the findings stand.
    pub status: Option<ReconciliationFindingStatus>,
}

impl From<ReconciliationFindingWhere> for FindingFilter {
    fn from(filter: ReconciliationFindingWhere) -> Self {
        Self {
            reconciliation: None,
            kind: filter.kind.map(Into::into),
            status: filter.status.map(Into::into),
        }
    }
}

/// Something in which the ledgers differ.
#[derive(Debug, Clone)]
pub struct ReconciliationFinding(pub reconciliation_finding::Model);

connection! { ReconciliationFindingConnection, ReconciliationFindingEdge, ReconciliationFinding }

pub async fn findings(
    ctx: &Context<'_>,
    filter: &FindingFilter,
    page: &vitrine_commerce::paging::PageRequest,
) -> Result<Option<ReconciliationFindingConnection>> {
    let page = reconcile::findings(ctx.shop(), ctx.caller(), filter, page).await?;
    Ok(Some(ReconciliationFindingConnection {
        page: map(page, ReconciliationFinding),
        context: (),
    }))
}

/// Something in which the shop's payment ledger and a provider's books differ. The same thing is
/// found once, until it is decided.
#[Object]
impl ReconciliationFinding {
    /// Names the finding.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The provider in whose books it was found.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// In what the ledgers differ.
    async fn kind(&self) -> ReconciliationFindingKind {
        self.0.kind.into()
    }

    /// The same in a sentence for staff.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// Where it stands.
    async fn status(&self) -> ReconciliationFindingStatus {
        self.0.status.into()
    }

    /// What `reconciliationFindingRepair` would do.
    async fn repair(&self) -> ReconciliationRepair {
        self.0.repair.into()
    }

    /// The payment that it is about, or that the provider's charge names.
    async fn payment_id(&self) -> ID {
        ids::public(self.0.payment_id)
    }

    /// That payment. Null where the shop's ledger does not have it.
    #[graphql(complexity = "1 + child_complexity")]
    async fn payment(&self, ctx: &Context<'_>) -> Result<Option<Payment>> {
        Ok(ctx.load(PaymentById(self.0.payment_id)).await?.map(Payment))
    }

    /// The payment's order. Staff need the permission `ORDERS` too.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        ctx.require(Permission::Orders)?;
        match self.0.order_id {
            Some(id) => Ok(ctx.load(OrderById(id)).await?.map(Order)),
            None => Ok(None),
        }
    }

    /// The provider's id of the charge: by it the provider's dashboard finds it.
    async fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// The shop's record, as it was when this was found.
    async fn ours(&self) -> Result<Option<LedgerRecord>> {
        self.record(self.0.ours.as_ref(), "ours")
    }

    /// The provider's record, as it was when this was found.
    async fn theirs(&self) -> Result<Option<LedgerRecord>> {
        self.record(self.0.theirs.as_ref(), "theirs")
    }

    /// Who decided on it: the id of a member of staff.
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by.as_deref()
    }

    /// Why it was dismissed, or why its repair did not work.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was found first.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

impl ReconciliationFinding {
    fn record(&self, json: Option<&sea_orm::JsonValue>, column: &'static str) -> Result<Option<LedgerRecord>> {
        let Some(json) = json else { return Ok(None) };
        let record = Record::read(json).and_then(|record| Some((record.status()?, record)));
        let (status, record) = record.ok_or_else(|| Fault::Corrupt {
            table: "reconciliation_finding",
            column,
            id: self.0.id.to_string(),
        })?;
        Ok(Some(LedgerRecord {
            status: status.into(),
            record,
        }))
    }
}

/// What a ledger says of a charge.
#[derive(Debug, Clone)]
pub struct LedgerRecord {
    status: PaymentStatus,
    record: Record,
}

/// What a ledger says of a charge.
#[Object]
impl LedgerRecord {
    /// Where the charge stands, in the shop's words.
    async fn status(&self) -> PaymentStatus {
        self.status
    }

    /// How much was to be paid.
    async fn amount(&self) -> Money {
        self.money(self.record.amount_minor)
    }

    /// How much of it was taken.
    async fn captured_amount(&self) -> Money {
        self.money(self.record.captured_minor)
    }

    /// How much of that was paid back.
    async fn refunded_amount(&self) -> Money {
        self.money(self.record.refunded_minor)
    }

    /// Whether real money moves.
    async fn live(&self) -> bool {
        self.record.live
    }

    /// The provider's id of the charge.
    async fn reference(&self) -> Option<&str> {
        self.record.reference.as_deref()
    }
}

impl LedgerRecord {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.record.currency)
    }
}
