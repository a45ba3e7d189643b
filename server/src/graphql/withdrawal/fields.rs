use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::Permission;

use super::{
    event::WithdrawalEvent,
    line::WithdrawalLine,
    object::{Withdrawal, WithdrawalJudgement, WithdrawalStatus},
    period::WithdrawalPeriodBasis,
    questions::{EventsOfWithdrawal, LinesOfWithdrawal, ReturnsOfWithdrawal},
};
use crate::{
    graphql::{
        order::{object::Order, questions::OrderById},
        order_return::object::Return,
        page::{questions::PoliciesOfOrder, version::PageVersion},
        shared::{ContextExt, Result, int},
        staff::actor::name_of,
    },
    ids,
};

/// Somebody's statement that they withdraw from a contract. What was declared, and when, never changes. Whoever may open its order
/// sees it, and staff with the permission `ORDERS`.
#[Object]
impl Withdrawal {
    /// Names the statement.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What people read and say: `W-7K3M-9QXT`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The order that is meant; null while nobody knows which it is.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        match self.0.order_id {
            Some(id) => Ok(ctx.load(OrderById(id)).await?.map(Order)),
            None => Ok(None),
        }
    }

    /// The order's number as it was declared.
    async fn order_number(&self) -> &str {
        &self.0.order_number
    }

    /// Who withdraws; empty once they were erased, as are `email` and `statement`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where the confirmation went.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The wording that was confirmed, a sentence or a line of goods on each line.
    async fn statement(&self) -> &str {
        &self.0.statement
    }

    /// SHA-256 of the wording, in hexadecimal digits: it stays when the wording is erased.
    async fn statement_sha256(&self) -> String {
        hex(&self.0.statement_sha256)
    }

    /// Whether it is from the whole order.
    async fn whole_order(&self) -> bool {
        self.0.whole_order
    }

    /// From which goods, in the shopper's own words.
    async fn details(&self) -> Option<&str> {
        self.0.details.as_deref()
    }

    /// From which units; none where the order is not known, or the shopper said it in their own words.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<WithdrawalLine>> {
        let rows = ctx.load(LinesOfWithdrawal(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(WithdrawalLine).collect())
    }

    /// When it was received.
    async fn received_at(&self) -> DateTime<Utc> {
        self.0.received_at
    }

    /// Where it stands.
    async fn status(&self) -> WithdrawalStatus {
        self.0.status.into()
    }

    /// What the rules say of it; null for a moment after it was received. For staff with the permission `ORDERS`.
    async fn judgement(&self, ctx: &Context<'_>) -> Result<Option<WithdrawalJudgement>> {
        ctx.require(Permission::Orders)?;
        Ok(self.0.judgement.map(Into::into))
    }

    /// What its period was counted from, as it was known then.
    async fn basis(&self) -> Option<WithdrawalPeriodBasis> {
        self.0.basis.map(Into::into)
    }

    /// From when its period was counted, as it was known then.
    async fn counted_from(&self) -> Option<DateTime<Utc>> {
        self.0.counted_from
    }

    /// The first moment that would have been too late, as it was known then; null where the period had not begun.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at
    }

    /// The shop's text on withdrawal under which the order was placed; null where there was none.
    #[graphql(complexity = "2 + child_complexity")]
    async fn policy(&self, ctx: &Context<'_>) -> Result<Option<PageVersion>> {
        let (Some(order), Some(text)) = (self.0.order_id, self.0.page_version_id) else {
            return Ok(None);
        };
        let texts = ctx.load(PoliciesOfOrder(order)).await?.unwrap_or_default();
        Ok(texts.into_iter().find(|row| row.id == text).map(PageVersion))
    }

    /// SHA-256 of that text's title, a zero byte and its HTML, in hexadecimal digits.
    async fn policy_sha256(&self) -> Option<String> {
        self.0.policy_sha256.as_deref().map(hex)
    }

    /// Why it was refused.
    async fn refusal(&self) -> Option<&str> {
        self.0.refusal.as_deref()
    }

    /// The returns that follow from it, oldest first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn returns(&self, ctx: &Context<'_>) -> Result<Vec<Return>> {
        let rows = ctx.load(ReturnsOfWithdrawal(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Return).collect())
    }

    /// What became of it, oldest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "5 * child_complexity")]
    async fn events(&self, ctx: &Context<'_>) -> Result<Option<Vec<WithdrawalEvent>>> {
        ctx.require(Permission::Orders)?;
        let rows = ctx.load(EventsOfWithdrawal(self.0.id)).await?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(WithdrawalEvent).collect()))
    }

    /// Who declared it: an id, or `shopper` for a guest. For staff with the permission `ORDERS`.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(self.0.created_by.clone()))
    }

    /// What whoever declared it is called, where a member of staff or an app did. For staff with the permission `ORDERS`.
    #[graphql(complexity = 2)]
    async fn created_by_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        name_of(ctx, &self.0.created_by).await
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
