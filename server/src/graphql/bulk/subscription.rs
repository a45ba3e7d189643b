use async_graphql::{Context, ID, Subscription};
use futures::StreamExt;
use vitrine_commerce::{Refusal, bulk};

use super::object::BulkOperation;
use crate::{
    graphql::shared::{ContextExt, Events, Result, events},
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
    ) -> Result<Events<BulkOperation>> {
        let id = ids::find(&id).ok_or_else(|| Refusal::not_found("bulk operation").at(&["id"]))?;
        let updates = Box::pin(bulk::follow(ctx.shop().clone(), ctx.caller().clone(), id)).await?;
        Ok(events(updates.map(|update| update.map(BulkOperation))))
    }
}
