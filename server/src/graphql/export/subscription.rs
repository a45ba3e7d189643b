use async_graphql::{Context, ID, Subscription};
use futures::{Stream, StreamExt};
use vitrine_commerce::{Refusal, exports};

use super::object::Export;
use crate::{
    graphql::shared::{ContextExt, Failure, Result},
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
    ) -> Result<impl Stream<Item = Result<Export>> + use<>> {
        let id = ids::find(&id).ok_or_else(|| Refusal::not_found("export").at(&["id"]))?;
        let updates = exports::follow(ctx.shop().clone(), ctx.caller().clone(), id).await?;
        Ok(updates.map(|update| update.map(Export).map_err(Failure::from)))
    }
}
