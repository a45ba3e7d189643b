use async_graphql::{Context, Object};
use vitrine_commerce::catalog::redirects::urls::{self, UrlRedirectFilter};

use super::object::{UrlRedirect, UrlRedirectConnection};
use crate::graphql::shared::{ContextExt, Result, cost, map, page};

#[derive(Debug, Default)]
pub struct RedirectQuery;

#[Object]
impl RedirectQuery {
    /// Where a path of your storefront leads by now, for pages that would answer 404: a path or an address, to which
    /// redirect with 301. Null if it leads nowhere else. It is what staff wrote for the path or, where the shop's
    /// settings say how your addresses look, the new address of what had the slug in it.
    #[graphql(complexity = 5)]
    async fn url_redirect_target(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The path, as in `/products/oak-chair`.")] path: String,
    ) -> Result<Option<String>> {
        Ok(urls::target(ctx.shop(), ctx.caller(), &path).await?)
    }

    /// The redirects that staff wrote, the newest first. For staff with the permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn url_redirects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Words that must all stand in the path or the target.")] query: Option<String>,
        #[graphql(desc = "Those that were deleted, and no others.", default)] deleted: bool,
    ) -> Result<Option<UrlRedirectConnection>> {
        let filter = UrlRedirectFilter { text: query, deleted };
        let page = page(first, after, last, before);
        let page = urls::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(UrlRedirectConnection {
            page: map(page, UrlRedirect),
            context: (),
        }))
    }
}
