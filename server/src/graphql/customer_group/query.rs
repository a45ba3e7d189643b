use async_graphql::{Context, ID, Object};
use vitrine_commerce::trade::{NamedFilter, groups};

use super::object::{CustomerGroup, CustomerGroupConnection};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct CustomerGroupQuery;

#[Object]
impl CustomerGroupQuery {
    /// A group of customers by its id, deleted or not. Null if there is none, or for whoever has not the permission
    /// `CUSTOMERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn customer_group(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The group's id.")] id: ID,
    ) -> Result<Option<CustomerGroup>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = groups::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(CustomerGroup))
    }

    /// The groups of customers, by their names. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn customer_groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "A part of the name or the code, at most 100 characters.")] query: Option<String>,
        #[graphql(desc = "Those that were deleted, and no others.", default)] deleted: bool,
    ) -> Result<Option<CustomerGroupConnection>> {
        let filter = NamedFilter { query, deleted };
        let page = page(first, after, last, before);
        let page = groups::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(CustomerGroupConnection {
            page: map(page, CustomerGroup),
            context: (),
        }))
    }
}
