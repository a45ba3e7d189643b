use async_graphql::{Context, ID, Object};
use vitrine_commerce::catalog::collections;

use super::object::Collection;
use crate::{
    graphql::shared::{ContextExt, Result},
    ids::{self, Named, one_of},
};

#[derive(Debug, Default)]
pub struct CollectionQuery;

#[Object]
impl CollectionQuery {
    /// One collection, by its id or its slug.
    #[graphql(complexity = "1 + child_complexity")]
    async fn collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The collection's id.")] id: Option<ID>,
        #[graphql(desc = "The collection's slug.")] slug: Option<String>,
    ) -> Result<Option<Collection>> {
        let found = match one_of(id, slug)? {
            Named::Id(id) => match ids::find(&id) {
                Some(id) => collections::by_id(ctx.shop(), id).await?,
                None => None,
            },
            Named::Slug(slug) => collections::by_slug(ctx.shop(), &slug).await?,
        };
        Ok(found.map(Collection))
    }

    /// Every collection, in display order.
    #[graphql(complexity = "10 * child_complexity")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Option<Vec<Collection>>> {
        Ok(Some(
            collections::all(ctx.shop())
                .await?
                .into_iter()
                .map(Collection)
                .collect(),
        ))
    }
}
