use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::credit::{self, Repair, Right};
use vitrine_entity::credit_finding;

use super::difference::{CreditDifferenceKind, subject};
use crate::{
    graphql::shared::{ContextExt, Result, connection, cost, map, page, payload},
    ids,
};

/// Where a finding in the books of credit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::credit_finding::CreditFindingStatus")]
pub enum CreditFindingStatus {
    /// It waits for a decision.
    Open,
    /// Staff have decided to leave it.
    Dismissed,
    /// All agrees: staff put it right, as `note` tells, or a later look found so.
    Settled,
}

/// Something in the books of gift cards and store credit that did not agree when the shop looked.
#[derive(Debug, Clone)]
pub struct CreditFinding(pub credit_finding::Model);

connection! { CreditFindingConnection, CreditFindingEdge, CreditFinding }

/// Something in the books of gift cards and store credit that did not agree when the shop looked. The same thing is found once,
/// until it is decided.
#[Object]
impl CreditFinding {
    /// Names the finding.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What did not agree.
    async fn kind(&self) -> CreditDifferenceKind {
        self.0.kind.into()
    }

    /// The gift card's, the store credit's or the order's id.
    async fn subject_id(&self) -> ID {
        subject(self.0.kind, self.0.subject)
    }

    /// What is noted there, in minor units of its currency.
    async fn noted_minor(&self) -> String {
        self.0.noted_minor.to_string()
    }

    /// What the entries come to, in minor units of its currency.
    async fn entries_minor(&self) -> String {
        self.0.entries_minor.to_string()
    }

    /// Where it stands.
    async fn status(&self) -> CreditFindingStatus {
        self.0.status.into()
    }

    /// Who decided on it: the id of a member of staff.
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by.as_deref()
    }

    /// Why it was dismissed, or how it was put right.
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

/// Which finding to leave, and why.
#[derive(Debug, InputObject)]
pub struct CreditFindingDismissInput {
    /// The finding's id.
    pub finding_id: ID,
    /// Why nothing needs to be done: at most 200 characters.
    pub reason: String,
}

payload! {
    /// What `creditFindingDismiss` answers.
    CreditFindingDismissPayload {
        /// The finding as it is now.
        finding: CreditFinding,
    }
}

/// Which of the two that do not agree is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::credit::Right")]
pub enum CreditFindingRight {
    /// What is noted: an entry makes up for what the entries lack.
    Noted,
    /// The entries: the balance becomes what they come to. What an order says is not changed so.
    Entries,
}

/// Which finding to put right, and how.
#[derive(Debug, InputObject)]
pub struct CreditFindingRepairInput {
    /// The finding's id.
    pub finding_id: ID,
    /// Which of the two is right.
    pub right: CreditFindingRight,
    /// Where the finding is about an order: the gift card or store credit that gets the entry. The one that paid the order unless
    /// given, which it must be where there are several.
    pub account_id: Option<ID>,
    /// Why, as the entry and the audit log say it: at most 200 characters.
    pub reason: String,
}

payload! {
    /// What `creditFindingRepair` answers.
    CreditFindingRepairPayload {
        /// The finding as it is now.
        finding: CreditFinding,
    }
}

#[derive(Debug, Default)]
pub struct CreditFindingQuery;

#[Object]
impl CreditFindingQuery {
    /// What in the books of gift cards and store credit did not agree when the shop looked, once a day; the newest first. For
    /// staff with the permission `PAYMENTS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn credit_findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Where they stand; wherever unless given.")] status: Option<CreditFindingStatus>,
    ) -> Result<Option<CreditFindingConnection>> {
        let asked = page(first, after, last, before);
        let found = credit::findings(ctx.shop(), ctx.caller(), status.map(Into::into), &asked).await?;
        Ok(Some(CreditFindingConnection {
            page: map(found, CreditFinding),
            context: (),
        }))
    }
}

#[derive(Debug, Default)]
pub struct CreditFindingMutation;

#[Object]
impl CreditFindingMutation {
    /// Leaves a finding in the books of credit: it is found anew once it becomes another one. One that was left before stays so.
    /// For staff with the permission `PAYMENTS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn credit_finding_dismiss(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which finding, and why.")] input: CreditFindingDismissInput,
    ) -> Result<Option<CreditFindingDismissPayload>> {
        CreditFindingDismissPayload::of(dismiss(ctx, input).await)
    }

    /// Puts a finding in the books of credit right, by what they say at this moment: with an entry that says why (`ADJUSTED` for a
    /// balance, else as the order's own), or by the balance that the entries come to. Entries are never changed. What is settled
    /// stays so. For staff with the permission `PAYMENTS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn credit_finding_repair(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which finding, and how.")] input: CreditFindingRepairInput,
    ) -> Result<Option<CreditFindingRepairPayload>> {
        CreditFindingRepairPayload::of(repair(ctx, input).await)
    }
}

async fn repair(ctx: &Context<'_>, input: CreditFindingRepairInput) -> vitrine_commerce::Result<CreditFinding> {
    let account = input.account_id.as_ref();
    let repair = Repair {
        finding: ids::input(&input.finding_id, "finding", &["findingId"])?,
        right: Right::from(input.right),
        account: account
            .map(|id| ids::input(id, "gift card", &["accountId"]))
            .transpose()?,
        reason: input.reason,
    };
    let done = credit::repair_finding(ctx.shop(), ctx.caller(), repair).await?;
    Ok(CreditFinding(done))
}

async fn dismiss(ctx: &Context<'_>, input: CreditFindingDismissInput) -> vitrine_commerce::Result<CreditFinding> {
    let id = ids::input(&input.finding_id, "finding", &["findingId"])?;
    let left = credit::dismiss_finding(ctx.shop(), ctx.caller(), id, &input.reason).await?;
    Ok(CreditFinding(left))
}
