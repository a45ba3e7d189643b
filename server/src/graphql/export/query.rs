use async_graphql::{Context, ID, Object};
use vitrine_commerce::exports;

use super::object::{Export, ExportConnection};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct ExportQuery;

#[Object]
impl ExportQuery {
    /// An export. For staff and apps with the permission for what it tells of.
    #[graphql(complexity = "1 + child_complexity")]
    async fn export(&self, ctx: &Context<'_>, #[graphql(desc = "The export's id.")] id: ID) -> Result<Option<Export>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(exports::find(ctx.shop(), ctx.caller(), id).await?.map(Export))
    }

    /// The exports of what you may see, newest first.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn exports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<ExportConnection>> {
        let page = exports::list(ctx.shop(), ctx.caller(), &page(first, after, last, before)).await?;
        Ok(Some(ExportConnection {
            page: map(page, Export),
            context: (),
        }))
    }
}
