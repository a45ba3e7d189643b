use async_graphql::{Context, ID, Object};
use vitrine_commerce::catalog::synonyms::{self, SynonymGroupFilter};

use super::object::{SynonymGroup, SynonymGroupConnection};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct SynonymQuery;

#[Object]
impl SynonymQuery {
    /// A group of synonyms by its id, deleted or not. Null if there is none, or for whoever has not the permission
    /// `CATALOG`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn synonym_group(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The group's id.")] id: ID,
    ) -> Result<Option<SynonymGroup>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = synonyms::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(SynonymGroup))
    }

    /// The groups of synonyms, the newest first. For staff with the permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn synonym_groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Words that must all stand in the group's terms.")] query: Option<String>,
        #[graphql(desc = "Those that were deleted, and no others.", default)] deleted: bool,
    ) -> Result<Option<SynonymGroupConnection>> {
        let filter = SynonymGroupFilter { text: query, deleted };
        let page = page(first, after, last, before);
        let page = synonyms::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(SynonymGroupConnection {
            page: map(page, SynonymGroup),
            context: (),
        }))
    }
}
