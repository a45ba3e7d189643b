use async_graphql::{Context, Enum};
use vitrine_commerce::{
    checkout::drafts::{self, DraftFilter},
    paging::Count,
};
use vitrine_entity::draft_order;

use crate::graphql::shared::{ContextExt, CountPrecision, Counted, Result, connection};

/// Where a draft order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::checkout::drafts::DraftStatus")]
pub enum DraftOrderStatus {
    /// Staff put it together; its link opens nothing yet.
    Open,
    /// Whoever has its link may pay it.
    Sent,
    /// It was sent, and the time to pay it is over: staff may send it again, or complete it.
    Expired,
    /// It is an order.
    Completed,
}

/// An order that staff put together for somebody.
#[derive(Debug, Clone)]
pub struct DraftOrder(pub draft_order::Model);

connection! { DraftOrderConnection, DraftOrderEdge, DraftOrder, Counted<DraftFilter>, {
    /// How many draft orders the whole list has, counted up to 10,000: see `totalCountPrecision`.
    #[graphql(complexity = 20)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.context.rows(count(ctx, &self.context.of)).await
    }

    /// Whether `totalCount` is all, or the list has more.
    #[graphql(complexity = 20)]
    async fn total_count_precision(&self, ctx: &Context<'_>) -> Result<CountPrecision> {
        self.context.precision(count(ctx, &self.context.of)).await
    }
} }

async fn count(ctx: &Context<'_>, filter: &DraftFilter) -> vitrine_commerce::Result<Count> {
    drafts::count(ctx.shop(), ctx.caller(), filter).await
}
