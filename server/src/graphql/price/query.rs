use async_graphql::{Context, ID, Object};
use vitrine_commerce::catalog::price_schedules;

use super::schedule::{PriceSchedule, PriceScheduleConnection, PriceScheduleState};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct PriceQuery;

#[Object]
impl PriceQuery {
    /// A scheduled price. For staff with the permission `CATALOG`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn price_schedule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The scheduled price's id.")] id: ID,
    ) -> Result<Option<PriceSchedule>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = price_schedules::find(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(PriceSchedule))
    }

    /// The scheduled prices that stand so, what begins first before the others. For staff with the permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn price_schedules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where they stand.", default_with = "PriceScheduleState::Planned")] state: PriceScheduleState,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<PriceScheduleConnection>> {
        let request = page(first, after, last, before);
        let page = price_schedules::list(ctx.shop(), ctx.caller(), state.into(), &request).await?;
        Ok(Some(PriceScheduleConnection {
            page: map(page, PriceSchedule),
            context: (),
        }))
    }
}
