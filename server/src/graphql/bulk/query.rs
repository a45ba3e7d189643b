use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    Refusal,
    bulk::{self, BulkFilter},
};

use super::{
    object::{BulkOperation, BulkOperationConnection, BulkOperationStatus},
    result::{BulkOperationResult, BulkOperationResultConnection},
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

/// Restricts a list of bulk operations. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct BulkOperationWhere {
    /// Where they stand.
    pub status: Option<BulkOperationStatus>,
}

#[derive(Debug, Default)]
pub struct BulkQuery;

#[Object]
impl BulkQuery {
    /// A bulk operation. For whoever started it, and staff with the permission `JOBS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn bulk_operation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bulk operation's id.")] id: ID,
    ) -> Result<Option<BulkOperation>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(bulk::find(ctx.shop(), ctx.caller(), id).await?.map(BulkOperation))
    }

    /// The bulk operations that you started, and with the permission `JOBS` everybody's, newest first. They are
    /// forgotten after 30 days.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn bulk_operations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which bulk operations.")] filter: Option<BulkOperationWhere>,
    ) -> Result<Option<BulkOperationConnection>> {
        let filter = BulkFilter {
            status: filter.and_then(|filter| filter.status).map(Into::into),
        };
        let page = page(first, after, last, before);
        let page = bulk::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(BulkOperationConnection {
            page: map(page, BulkOperation),
            context: (),
        }))
    }

    /// What became of the lines of a bulk operation, in their order: of those that are done by now.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "a page has four, and a list what restricts it")]
    async fn bulk_operation_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bulk operation's id.")] bulk_operation_id: ID,
        #[graphql(desc = "Whether lines that were done are left out.", default)] failed_only: bool,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<BulkOperationResultConnection>> {
        let missing = || Refusal::not_found("bulk operation").at(&["bulkOperationId"]);
        let id = ids::find(&bulk_operation_id).ok_or_else(missing)?;
        let operation = bulk::find(ctx.shop(), ctx.caller(), id).await?.ok_or_else(missing)?;
        let page = page(first, after, last, before);
        let page = bulk::page(ctx.shop(), operation.id, failed_only, &page).await?;
        Ok(Some(BulkOperationResultConnection {
            page: map(page, BulkOperationResult),
            context: (),
        }))
    }
}
