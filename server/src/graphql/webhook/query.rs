use async_graphql::{Context, ID, Object};
use vitrine_commerce::webhooks::{self, EndpointFilter};

use super::object::{WebhookEndpoint, WebhookEndpointConnection};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// An endpoint to which events are sent, by its id, deleted or not. Null if there is none. For staff with the
    /// permission `SETTINGS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The endpoint's id.")] id: ID,
    ) -> Result<Option<WebhookEndpoint>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = webhooks::find(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(WebhookEndpoint))
    }

    /// The endpoints to which events are sent, newest first. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn webhook_endpoints(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Whether anything is sent to them.")] enabled: Option<bool>,
        #[graphql(desc = "Those that were deleted, and no others.", default)] deleted: bool,
    ) -> Result<Option<WebhookEndpointConnection>> {
        let filter = EndpointFilter { enabled, deleted };
        let page = webhooks::list(ctx.shop(), ctx.caller(), filter, &page(first, after, last, before)).await?;
        Ok(Some(WebhookEndpointConnection {
            page: map(page, WebhookEndpoint),
            context: (),
        }))
    }
}
