use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::push::{self, Subscribe, Unsubscribe};

use super::object::Order;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// A browser that is to be told of an order: what its `PushSubscription` holds.
#[derive(Debug, InputObject)]
pub struct OrderPushSubscribeInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// `endpoint`: an `https://` address, of at most 1000 bytes.
    #[graphql(secret)]
    pub endpoint: String,
    /// `keys.p256dh`, in base64url.
    #[graphql(name = "p256dh")]
    pub p256dh: String,
    /// `keys.auth`, in base64url.
    #[graphql(secret)]
    pub auth: String,
    /// The `shop.pushKey` that it was made with. The current one, where it is left out.
    pub push_key: Option<String>,
}

/// A browser that is to be told of an order no more.
#[derive(Debug, InputObject)]
pub struct OrderPushUnsubscribeInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// The `endpoint` of its `PushSubscription`.
    #[graphql(secret)]
    pub endpoint: String,
}

payload! {
    /// What `orderPushSubscribe` answers.
    OrderPushSubscribePayload {
        /// The order.
        order: Order,
    }
}
payload! {
    /// What `orderPushUnsubscribe` answers.
    OrderPushUnsubscribePayload {
        /// The order.
        order: Order,
    }
}

#[derive(Debug, Default)]
pub struct OrderPushMutation;

#[Object]
impl OrderPushMutation {
    /// Has a browser told of an order by web push: of the same as customers are told in the shop. At most ten browsers of an
    /// order; the same one again changes nothing. For its customer, and a guest with its access token.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_push_subscribe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which browser is told of which order.")] input: OrderPushSubscribeInput,
    ) -> Result<Option<OrderPushSubscribePayload>> {
        OrderPushSubscribePayload::of(subscribe(ctx, input).await)
    }

    /// Has a browser told of an order no more. Doing so again changes nothing.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_push_unsubscribe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which browser is told no more.")] input: OrderPushUnsubscribeInput,
    ) -> Result<Option<OrderPushUnsubscribePayload>> {
        OrderPushUnsubscribePayload::of(unsubscribe(ctx, input).await)
    }
}

async fn subscribe(ctx: &Context<'_>, input: OrderPushSubscribeInput) -> vitrine_commerce::Result<Order> {
    let browser = Subscribe {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        access_token: input.access_token,
        endpoint: input.endpoint,
        p256dh: input.p256dh,
        auth: input.auth,
        key: input.push_key,
    };
    Ok(Order(push::subscribe(ctx.shop(), ctx.caller(), browser).await?))
}

async fn unsubscribe(ctx: &Context<'_>, input: OrderPushUnsubscribeInput) -> vitrine_commerce::Result<Order> {
    let browser = Unsubscribe {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        access_token: input.access_token,
        endpoint: input.endpoint,
    };
    Ok(Order(push::unsubscribe(ctx.shop(), ctx.caller(), browser).await?))
}
