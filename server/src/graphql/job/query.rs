use async_graphql::{Context, Object};
use vitrine_commerce::{
    ErrorCode, Refusal,
    work::{self, JobFilter, Kind},
};

use super::object::{Job, JobConnection, JobCount, JobWhere};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// What is done in the background, newest first: with the state `BURIED`, what waits for staff.
    /// What is done is kept for a week. For staff with the permission `JOBS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which jobs.")] filter: Option<JobWhere>,
    ) -> Result<Option<JobConnection>> {
        let filter = read(filter.unwrap_or_default())?;
        let page = work::list(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(JobConnection {
            page: map(page, Job),
            context: (),
        }))
    }

    /// How many jobs there are by queue and state; what there is none of is left out. For staff with
    /// the permission `JOBS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn job_counts(&self, ctx: &Context<'_>) -> Result<Option<Vec<JobCount>>> {
        let counts = work::counts(ctx.shop(), ctx.caller()).await?;
        Ok(Some(counts.into_iter().map(JobCount::from).collect()))
    }
}

fn read(filter: JobWhere) -> Result<JobFilter> {
    let order = filter.order_id.map(|id| {
        // One that is ill-formed would otherwise find everything, or nothing unseen.
        let refused = || Refusal::new(ErrorCode::Invalid, "This is not the id of an order.").at(&["where", "orderId"]);
        ids::find(&id).ok_or_else(refused)
    });
    let kind = filter.kind.map(|kind| Kind::new(&kind, &["where", "kind"]));
    Ok(JobFilter {
        state: filter.state.map(Into::into),
        queue: filter.queue.map(Into::into),
        kind: kind.transpose()?,
        order: order.transpose()?,
        since: filter.since,
    })
}
