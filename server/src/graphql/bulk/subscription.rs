use async_graphql::{Context, ID, Subscription};
use futures::{Stream, StreamExt};
use vitrine_commerce::{Refusal, bulk};

use super::object::BulkOperation;
use crate::{
    graphql::shared::{ContextExt, Failure, Result},
    ids,
};

#[derive(Debug, Default)]
pub struct BulkUpdates;

#[Subscription]
impl BulkUpdates {
    /// Follows a bulk operation: as it stands, and again whenever it has gone on. It completes when the operation is
    /// over. For staff and apps: whoever started it, and those with the permission `JOBS`.
    async fn bulk_operation_updates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bulk operation's id.")] id: ID,
    ) -> Result<impl Stream<Item = Result<BulkOperation>> + use<>> {
        let id = ids::find(&id).ok_or_else(|| Refusal::not_found("bulk operation").at(&["id"]))?;
        let updates = bulk::follow(ctx.shop().clone(), ctx.caller().clone(), id).await?;
        Ok(updates.map(|update| update.map(BulkOperation).map_err(Failure::from)))
    }
}
