use async_graphql::{Context, ID, Object};
use vitrine_commerce::catalog::categories;

use super::{object::Category, questions::ChildrenOfCategory};
use crate::{
    graphql::shared::{ContextExt, Result},
    ids::{self, Named, one_of},
};

#[derive(Debug, Default)]
pub struct CategoryQuery;

#[Object]
impl CategoryQuery {
    /// One category, by its id or its slug. A slug that it had before finds it, too, while no other category has
    /// it: where the answer's `slug` differs, redirect there.
    #[graphql(complexity = "1 + child_complexity")]
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The category's id.")] id: Option<ID>,
        #[graphql(desc = "The category's slug.")] slug: Option<String>,
    ) -> Result<Option<Category>> {
        let found = match one_of(id, slug)? {
            Named::Id(id) => match ids::find(&id) {
                Some(id) => categories::by_id(ctx.shop(), id).await?,
                None => None,
            },
            Named::Slug(slug) => categories::by_slug(ctx.shop(), ctx.caller(), &slug).await?,
        };
        Ok(found.map(Category))
    }

    /// The roots of the category tree, in display order. Go down by `children`.
    #[graphql(complexity = "10 * child_complexity")]
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Instead, the 250 that were deleted last, wherever they stood. For staff with the permission `CATALOG`.",
            default
        )]
        deleted: bool,
    ) -> Result<Option<Vec<Category>>> {
        if deleted {
            let rows = categories::deleted(ctx.shop(), ctx.caller()).await?;
            return Ok(Some(rows.into_iter().map(Category).collect()));
        }
        let roots = ctx.load(ChildrenOfCategory(None)).await?.unwrap_or_default();
        Ok(Some(roots.into_iter().map(Category).collect()))
    }
}
