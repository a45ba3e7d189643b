use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Fault,
    paging::PageRequest,
    payments::reconciliation::{self, FindingFilter, Record, told},
    staff::Permission,
};
use vitrine_entity::reconciliation_finding;

use super::record::LedgerRecord;
use crate::{
    graphql::{
        order::{object::Order, questions::OrderById},
        payment::{object::Payment, questions::PaymentById},
        shared::{ContextExt, Result, Said, connection, map},
    },
    ids,
};

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
    page: &PageRequest,
) -> Result<Option<ReconciliationFindingConnection>> {
    let page = reconciliation::findings(ctx.shop(), ctx.caller(), filter, page).await?;
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
    async fn summary(&self) -> Said {
        told::summary(&self.0).into()
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
    async fn note(&self) -> Option<Said> {
        told::note(&self.0).map(Said::from)
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
