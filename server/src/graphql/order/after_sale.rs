use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_entity::order;

use super::{
    edit::{self, version::OrderVersion},
    questions::{DocumentsOfOrder, OrderById, RefundsOfOrder},
};
use crate::{
    graphql::{
        document::object::Document,
        order_return::{
            claim::OrderClaim,
            object::Return,
            questions::{ClaimsOfOrder, ExchangeByOrder, ResentByOrder, ReturnsOfOrder},
            returnable::ReturnableLine,
        },
        payment::refund::Refund,
        shared::{ContextExt, Result},
        withdrawal::{object::Withdrawal, period::WithdrawalPeriod, questions::WithdrawalsOfOrder},
    },
    ids,
};

/// What an order is that is sent in place of goods of another.
#[derive(Debug, SimpleObject)]
pub struct OrderExchange {
    /// The order whose goods came back.
    pub order_id: ID,
    /// The number of the order whose goods came back.
    pub order_number: String,
    /// Until when what its goods cost more is to be paid, where they do: then it is given up. Null for exchanges of earlier versions.
    pub due_at: Option<DateTime<Utc>>,
}

/// Of which order an order sends goods again.
#[derive(Debug, SimpleObject)]
pub struct OrderResend {
    /// The order whose goods are sent again.
    pub order_id: ID,
    /// That order's number.
    pub order_number: String,
}

/// What follows after an order was placed. Its fields are the order's: no type of the API is called so.
pub struct OrderAfterSale(pub order::Model);

#[Object]
impl OrderAfterSale {
    /// Its invoice, credit notes and delivery notes, the oldest first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        let documents = ctx.load(DocumentsOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(documents.into_iter().map(Document).collect())
    }

    /// Money on its way back, oldest first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn refunds(&self, ctx: &Context<'_>) -> Result<Vec<Refund>> {
        let rows = ctx.load(RefundsOfOrder(self.0.id)).await?.unwrap_or_default();
        let currency = self.0.currency;
        Ok(rows.into_iter().map(|row| Refund { row, currency }).collect())
    }

    /// Its returns, oldest first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn returns(&self, ctx: &Context<'_>) -> Result<Vec<Return>> {
        let rows = ctx.load(ReturnsOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Return).collect())
    }

    /// Where it is an exchange: in place of which order's goods it is sent. Null of all other orders.
    #[graphql(complexity = "5 + child_complexity")]
    async fn exchange(&self, ctx: &Context<'_>) -> Result<Option<OrderExchange>> {
        let Some(of) = ctx.load(ExchangeByOrder(self.0.id)).await? else {
            return Ok(None);
        };
        let first = ctx.load(OrderById(of.order_id)).await?;
        Ok(first.map(|first| OrderExchange {
            order_id: ids::public(first.id),
            order_number: first.number,
            due_at: of.exchange_due_at,
        }))
    }

    /// Where it sends goods of another order again, for a claim: of which. Null of all other orders.
    #[graphql(complexity = "5 + child_complexity")]
    async fn resends(&self, ctx: &Context<'_>) -> Result<Option<OrderResend>> {
        let Some(claim) = ctx.load(ResentByOrder(self.0.id)).await? else {
            return Ok(None);
        };
        let first = ctx.load(OrderById(claim.order_id)).await?;
        Ok(first.map(|first| OrderResend {
            order_id: ids::public(first.id),
            order_number: first.number,
        }))
    }

    /// What was wrong with goods of it that nobody sent back, and what the shop did about it, oldest first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn claims(&self, ctx: &Context<'_>) -> Result<Vec<OrderClaim>> {
        let rows = ctx.load(ClaimsOfOrder(self.0.id)).await?.unwrap_or_default();
        let currency = self.0.currency;
        Ok(rows.into_iter().map(|row| OrderClaim { row, currency }).collect())
    }

    /// The statements by which somebody withdraws from it, oldest first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn withdrawals(&self, ctx: &Context<'_>) -> Result<Vec<Withdrawal>> {
        let rows = ctx.load(WithdrawalsOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Withdrawal).collect())
    }

    /// For how long a consumer may withdraw from it: `withdrawalConfirm` takes a statement even when it is over.
    #[graphql(complexity = "5 + child_complexity")]
    async fn withdrawal_period(&self, ctx: &Context<'_>) -> Result<WithdrawalPeriod> {
        WithdrawalPeriod::of(ctx, &self.0).await
    }

    /// How many units of each line may come back, and why not more: `returnRequest` asks for it.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn returnable(&self, ctx: &Context<'_>) -> Result<Vec<ReturnableLine>> {
        ReturnableLine::of(ctx, &self.0).await
    }

    /// How it was placed, and how it was from each change on, oldest first; none where it was never changed.
    #[graphql(complexity = "2 * child_complexity")]
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<OrderVersion>> {
        OrderVersion::of(ctx, &self.0).await
    }

    /// Until when whoever placed it may change it by `orderEditByShopper`. Null where they may not.
    async fn editable_until(&self, ctx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        edit::policy::editable_until(ctx, &self.0).await
    }
}
