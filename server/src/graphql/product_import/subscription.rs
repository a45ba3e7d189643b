use async_graphql::{Context, ID, Subscription};
use futures::StreamExt;
use vitrine_commerce::{Refusal, imports};

use super::object::ProductImport;
use crate::{
    graphql::shared::{ContextExt, Events, Result, events},
    ids,
};

#[derive(Debug, Default)]
pub struct ProductImportUpdates;

#[Subscription]
impl ProductImportUpdates {
    /// Follows an import of products: as it stands, and again whenever it has gone on. It completes when the import is
    /// over. For staff and apps with the permission `CATALOG`.
    async fn product_import_updates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<Events<ProductImport>> {
        let id = ids::find(&id).ok_or_else(|| Refusal::not_found("import").at(&["id"]))?;
        let updates = Box::pin(imports::follow(ctx.shop().clone(), ctx.caller().clone(), id)).await?;
        Ok(events(updates.map(|update| update.map(ProductImport))))
    }
}
