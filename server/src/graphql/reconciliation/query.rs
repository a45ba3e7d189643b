use async_graphql::{Context, ID, Object};
use vitrine_commerce::payments::reconciliation;

use super::{
    finding::{self, ReconciliationFindingConnection, ReconciliationFindingWhere},
    object::{Reconciliation, ReconciliationConnection},
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct ReconciliationQuery;

#[Object]
impl ReconciliationQuery {
    /// A comparison of the payment ledger with a provider's books. For staff with the permission
    /// `PAYMENTS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn reconciliation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reconciliation's id.")] id: ID,
    ) -> Result<Option<Reconciliation>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(reconciliation::find(ctx.shop(), ctx.caller(), id)
            .await?
            .map(Reconciliation))
    }

    /// Every comparison of the payment ledger with a provider's books, newest first. For staff with
    /// the permission `PAYMENTS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn reconciliations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<ReconciliationConnection>> {
        let page = reconciliation::list(ctx.shop(), ctx.caller(), &page(first, after, last, before)).await?;
        Ok(Some(ReconciliationConnection {
            page: map(page, Reconciliation),
            context: (),
        }))
    }

    /// What reconciliations found, whichever it was, newest first: with the status `OPEN`, what
    /// waits for a decision. For staff with the permission `PAYMENTS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn reconciliation_findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which findings.")] filter: Option<ReconciliationFindingWhere>,
    ) -> Result<Option<ReconciliationFindingConnection>> {
        let filter = filter.unwrap_or_default().into();
        finding::findings(ctx, &filter, &page(first, after, last, before)).await
    }
}
