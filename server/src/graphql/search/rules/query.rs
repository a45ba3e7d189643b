use async_graphql::{Context, ID, Object};
use vitrine_commerce::search::rules::{self, SearchRuleFilter};

use super::object::{SearchRule, SearchRuleConnection};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct SearchRuleQuery;

#[Object]
impl SearchRuleQuery {
    /// A search rule by its id, deleted or not. Null if there is none, or for whoever has not the permission
    /// `CATALOG`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn search_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rule's id.")] id: ID,
    ) -> Result<Option<SearchRule>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = rules::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(SearchRule))
    }

    /// The search rules, the newest first. For staff with the permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn search_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Words that must all stand in the term.")] query: Option<String>,
        #[graphql(desc = "Those that were deleted, and no others.", default)] deleted: bool,
    ) -> Result<Option<SearchRuleConnection>> {
        let filter = SearchRuleFilter { text: query, deleted };
        let page = page(first, after, last, before);
        let page = rules::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(SearchRuleConnection {
            page: map(page, SearchRule),
            context: (),
        }))
    }
}
