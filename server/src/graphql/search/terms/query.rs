use async_graphql::{Context, Object};
use vitrine_commerce::search::record;

use super::object::{SearchSettings, SearchTerm, SearchTermConnection, SearchTermsFound};
use crate::graphql::shared::{ContextExt, Result, cost, map, page};

#[derive(Debug, Default)]
pub struct SearchTermQuery;

#[Object]
impl SearchTermQuery {
    /// What shoppers searched for, the most frequent first: what they did not find, too. Counted is a search's first
    /// page, with no filter but `inStock`, and not while the search engine is away; it shows here within a minute. For
    /// staff with the permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn search_terms(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many days of the shop's time zone, today among them, 1 to 180.",
            default = 30
        )]
        days: i32,
        #[graphql(desc = "Which terms, and by what they are sorted.", default)] found: SearchTermsFound,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<SearchTermConnection>> {
        let page = page(first, after, last, before);
        let page = record::report(ctx.shop(), ctx.caller(), days, found.into(), &page).await?;
        Ok(Some(SearchTermConnection {
            page: map(page, SearchTerm),
            context: (),
        }))
    }

    /// What becomes of searches. For staff with the permission `CATALOG`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn search_settings(&self, ctx: &Context<'_>) -> Result<Option<SearchSettings>> {
        let settings = record::settings(ctx.shop(), ctx.caller()).await?;
        Ok(Some(settings.into()))
    }
}
