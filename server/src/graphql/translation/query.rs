use async_graphql::{Context, ID, Object};
use vitrine_commerce::{paging::PageRequest, translations};

use super::object::{Translatable, TranslatableConnection, TranslatableKind, TranslationProgress, TranslationState};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map},
    ids,
};

#[derive(Debug, Default)]
pub struct TranslationQuery;

#[Object]
impl TranslationQuery {
    /// A thing's texts beside their translations. For staff with the permission of the thing: `CATALOG`, `CONTENT` for pages
    /// and menus, `SETTINGS` for methods and locations.
    #[graphql(complexity = "5 + child_complexity")]
    async fn translations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The thing's id; or `option:Colour`, `attribute:Material`, `payment:stripe`, `tax:VAT`.")] of: ID,
        #[graphql(desc = "One of `shop.locales` but the first.")] locale: String,
    ) -> Result<Option<Translatable>> {
        let Some(thing) = ids::find(&of) else { return Ok(None) };
        let found = translations::find(ctx.shop(), ctx.caller(), thing, &locale).await?;
        Ok(found.map(Translatable))
    }

    /// Things of a kind with their texts and translations, such as those that are still to be translated: oldest first, and
    /// by name where they have no id of their own. For staff with the permission of the kind: `CATALOG`, `CONTENT` for pages
    /// and menus, `SETTINGS` for methods and locations.
    #[graphql(complexity = "cost(Some(first), None, child_complexity)")]
    async fn translatables(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The kind.")] kind: TranslatableKind,
        #[graphql(desc = "One of `shop.locales` but the first.")] locale: String,
        #[graphql(desc = "Which of them.", default)] state: TranslationState,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: i32,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
    ) -> Result<Option<TranslatableConnection>> {
        let request = PageRequest {
            after,
            ..PageRequest::first(first)
        };
        let page = translations::report(ctx.shop(), ctx.caller(), kind.into(), &locale, state.into(), &request).await?;
        Ok(Some(TranslatableConnection {
            page: map(page, Translatable),
            context: (),
        }))
    }

    /// How much is translated into each language but the shop's own, of each kind that you may translate. For staff with
    /// the permission of the kind: `CATALOG`, `CONTENT` for pages and menus, `SETTINGS` for methods and locations.
    #[graphql(complexity = 50)]
    async fn translation_progress(&self, ctx: &Context<'_>) -> Result<Option<Vec<TranslationProgress>>> {
        let all = translations::progress(ctx.shop(), ctx.caller()).await?;
        Ok(Some(all.into_iter().map(TranslationProgress::from).collect()))
    }
}
