use async_graphql::{Context, ID, Object};
use vitrine_commerce::discounts::{self, DiscountFilter};

use super::object::{Discount, DiscountConnection, DiscountMethod, DiscountStatus};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct DiscountQuery;

#[Object]
impl DiscountQuery {
    /// A discount by its id, deleted or not. Null if there is none, or for whoever has not the permission `CATALOG`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn discount(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The discount's id.")] id: ID,
    ) -> Result<Option<Discount>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = discounts::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(Discount))
    }

    /// The discounts, the newest first. For staff with the permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn discounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "What stands anywhere in the title, or is one of the codes.")] query: Option<String>,
        #[graphql(desc = "Those that stand there at this moment.")] status: Option<DiscountStatus>,
        #[graphql(desc = "Those that carts come by so.")] method: Option<DiscountMethod>,
        #[graphql(desc = "Those that were deleted, and no others.", default)] deleted: bool,
    ) -> Result<Option<DiscountConnection>> {
        let filter = DiscountFilter {
            text: query,
            status: status.map(Into::into),
            method: method.map(Into::into),
            deleted,
        };
        let page = page(first, after, last, before);
        let page = discounts::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(DiscountConnection {
            page: map(page, Discount),
            context: (),
        }))
    }
}
