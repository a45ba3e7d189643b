use async_graphql::{Context, ID, Object};
use vitrine_commerce::locations;

use super::object::{Location, LocationConnection};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct LocationQuery;

#[Object]
impl LocationQuery {
    /// A location by its id, deleted or not. Null if there is none, or for whoever has neither of the
    /// permissions `INVENTORY` and `SETTINGS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The location's id.")] id: ID,
    ) -> Result<Option<Location>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(locations::by_id(ctx.shop(), ctx.caller(), id).await?.map(Location))
    }

    /// The locations, in the order in which stock is taken from them. For staff with the permission
    /// `INVENTORY` or `SETTINGS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those that were deleted, instead of the others.", default)] deleted: bool,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<LocationConnection>> {
        let page = page(first, after, last, before);
        let page = locations::list(ctx.shop(), ctx.caller(), deleted, &page).await?;
        Ok(Some(LocationConnection {
            page: map(page, Location),
            context: (),
        }))
    }
}
