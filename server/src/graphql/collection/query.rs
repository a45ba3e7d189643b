use async_graphql::{Context, ID, Object};
use vitrine_commerce::catalog::collections::{self, CollectionFilter, rule};

use super::{
    connection::CollectionConnection,
    object::Collection,
    rule::{CollectionRuleInput, CollectionRulePreview},
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, page},
    ids::{self, Named, one_of},
};

#[derive(Debug, Default)]
pub struct CollectionQuery;

#[Object]
impl CollectionQuery {
    /// One collection, by its id or its slug. A slug that it had before finds it, too, while no other collection
    /// has it: where the answer's `slug` differs, redirect there.
    #[graphql(complexity = "1 + child_complexity")]
    async fn collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The collection's id.")] id: Option<ID>,
        #[graphql(desc = "The collection's slug.")] slug: Option<String>,
    ) -> Result<Option<Collection>> {
        let found = match one_of(id, slug)? {
            Named::Id(id) => match ids::find(&id) {
                Some(id) => collections::by_id(ctx.shop(), ctx.caller(), id).await?,
                None => None,
            },
            Named::Slug(slug) => collections::by_slug(ctx.shop(), ctx.caller(), &slug).await?,
        };
        Ok(found.map(Collection))
    }

    /// Every collection, in display order, at most a thousand. To go through many, use `collectionsConnection`.
    #[graphql(complexity = "10 * child_complexity")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Option<Vec<Collection>>> {
        Ok(Some(
            collections::all(ctx.shop(), ctx.caller())
                .await?
                .into_iter()
                .map(Collection)
                .collect(),
        ))
    }

    /// Collections by the page, in display order.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn collections_connection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Only those that are published, or only those that are not. For staff.")] published: Option<
            bool,
        >,
        #[graphql(desc = "Those that were deleted, and no others. For staff.", default)] deleted: bool,
    ) -> Result<Option<CollectionConnection>> {
        let filter = CollectionFilter { published, deleted };
        let page = page(first, after, last, before);
        let page = collections::list(ctx.shop(), ctx.caller(), filter, &page).await?;
        Ok(Some(CollectionConnection::of(page, filter)))
    }

    /// What a rule would put into a collection, before it is kept. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + cost(Some(first), None, child_complexity)")]
    async fn collection_rule_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rule.")] rule: CollectionRuleInput,
        #[graphql(desc = "How many of the products to show, 1 to 100.", default = 20)] first: i32,
    ) -> Result<Option<CollectionRulePreview>> {
        let rule = rule.read(ctx.caller().currency)?;
        let preview = rule::preview(ctx.shop(), ctx.caller(), rule, first).await?;
        Ok(Some(CollectionRulePreview::show(preview)))
    }
}
