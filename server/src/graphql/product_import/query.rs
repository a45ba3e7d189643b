use async_graphql::{Context, ID, Object};
use vitrine_commerce::imports;

use super::object::{ProductImport, ProductImportConnection};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct ProductImportQuery;

#[Object]
impl ProductImportQuery {
    /// An import of products. For staff and apps with the permission `CATALOG`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn product_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<Option<ProductImport>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(imports::find(ctx.shop(), ctx.caller(), id).await?.map(ProductImport))
    }

    /// The imports of products, newest first. For staff and apps with the permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn product_imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<ProductImportConnection>> {
        let page = imports::list(ctx.shop(), ctx.caller(), &page(first, after, last, before)).await?;
        Ok(Some(ProductImportConnection {
            page: map(page, ProductImport),
            context: (),
        }))
    }
}
