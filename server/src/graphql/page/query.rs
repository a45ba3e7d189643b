use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::content::page::{self as pages, PageFilter};

use super::object::{Page, PageConnection, PageKind};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids::{self, Named, one_of},
};

/// Which pages; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
pub struct PageWhere {
    /// Those for this.
    pub kind: Option<PageKind>,
    /// Those that shoppers see, or do not. Only staff find what is not published.
    pub published: Option<bool>,
    /// The deleted ones, which only staff find.
    pub deleted: Option<bool>,
}

#[derive(Debug, Default)]
pub struct PageQuery;

#[Object]
impl PageQuery {
    /// One page, by its id or its handle. Shoppers see what is published, staff with the permission
    /// `CONTENT` all.
    #[graphql(complexity = "1 + child_complexity")]
    async fn page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page's id.")] id: Option<ID>,
        #[graphql(desc = "The page's handle.")] handle: Option<String>,
    ) -> Result<Option<Page>> {
        let found = match one_of(id, handle)? {
            Named::Id(id) => match ids::find(&id) {
                Some(id) => pages::by_id(ctx.shop(), ctx.caller(), id).await?,
                None => None,
            },
            Named::Slug(handle) => pages::by_handle(ctx.shop(), ctx.caller(), &handle).await?,
        };
        Ok(found.map(Page))
    }

    /// The shop's pages and policies, oldest first.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn pages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which pages.")] filter: Option<PageWhere>,
    ) -> Result<Option<PageConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = PageFilter {
            kind: filter.kind.map(Into::into),
            published: filter.published,
            deleted: filter.deleted.unwrap_or_default(),
        };
        let request = page(first, after, last, before);
        let page = pages::list(ctx.shop(), ctx.caller(), filter, &request).await?;
        Ok(Some(PageConnection {
            page: map(page, Page),
            context: (),
        }))
    }
}
