use async_graphql::{Context, ID, Subscription};
use futures::StreamExt;
use vitrine_commerce::{Refusal, orders};

use super::event::OrderUpdate;
use crate::{
    graphql::shared::{ContextExt, Events, Result, events},
    ids,
};

#[derive(Debug, Default)]
pub struct OrderUpdates;

#[Subscription]
impl OrderUpdates {
    /// Follows an order: first its timeline after the cursor, then whatever happens. It completes
    /// when the order is completed. For its customer, a guest with its access token, and staff
    /// with the permission `ORDERS`.
    async fn order_updates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order's id.")] order_id: ID,
        #[graphql(desc = "Opens it to a guest: `orderPlace` and the mails give it.", secret)] access_token: Option<
            String,
        >,
        #[graphql(
            desc = "The cursor of the last update that you have seen, or of a timeline's entry. Without it, the timeline is told from its beginning."
        )]
        after: Option<String>,
    ) -> Result<Events<OrderUpdate>> {
        let order = ids::find(&order_id).ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?;
        let updates = orders::follow(ctx.shop().clone(), ctx.caller().clone(), order, access_token, after);
        let updates = Box::pin(updates).await?;
        Ok(events(updates.map(|update| update.map(OrderUpdate::from))))
    }
}
