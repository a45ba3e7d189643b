use async_graphql::{Context, ID, Subscription};
use futures::StreamExt;
use vitrine_commerce::{Refusal, exports};

use super::object::Export;
use crate::{
    graphql::shared::{ContextExt, Events, Result, events},
    ids,
};

#[derive(Debug, Default)]
pub struct ExportUpdates;

#[Subscription]
impl ExportUpdates {
    /// Follows an export: as it stands, and again whenever it has gone on. It completes when the export is over.
    /// For staff and apps with the permission for what it tells of.
    async fn export_updates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The export's id.")] id: ID,
    ) -> Result<Events<Export>> {
        let id = ids::find(&id).ok_or_else(|| Refusal::not_found("export").at(&["id"]))?;
        let updates = Box::pin(exports::follow(ctx.shop().clone(), ctx.caller().clone(), id)).await?;
        Ok(events(updates.map(|update| update.map(Export))))
    }
}
