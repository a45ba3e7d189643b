//! Placing an order, and what staff and shoppers do with one.

pub mod correct;
pub mod desk;
pub mod fulfil;
pub mod link;
pub mod place;
pub mod reorder;

use async_graphql::{Context, Object};

use self::{
    fulfil::{
        OrderCancelInput, OrderCancelPayload, OrderCompleteInput, OrderCompletePayload, OrderDispatchInput,
        OrderDispatchPayload,
    },
    link::{OrderLinkRequestInput, OrderLinkRequestPayload},
    place::{OrderPaymentRetryInput, OrderPaymentRetryPayload, OrderPlaceInput, OrderPlacePayload},
    reorder::{OrderReorderInput, OrderReorderPayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct OrderMutation;

#[Object]
impl OrderMutation {
    /// Makes an order of a cart: holds the goods, and begins the payment, whose outcome is told
    /// by `orderUpdates`. All or nothing. What stands against it are the cart's `problems`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn order_place(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cart becomes an order, and how it is paid.")] input: OrderPlaceInput,
    ) -> Result<Option<OrderPlacePayload>> {
        place::place(ctx, input).await.map(Some)
    }

    /// Tries again to be paid while the order's goods are held: after a payment that failed, or
    /// one that cannot reach its provider and never has. Also pays what a change has put on, `cost.unpaid`. `paymentRetryable` tells whether it may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_payment_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is paid again, and how.")] input: OrderPaymentRetryInput,
    ) -> Result<Option<OrderPaymentRetryPayload>> {
        OrderPaymentRetryPayload::of(place::retry(ctx, input).await)
    }

    /// Gives an order up before it is dispatched. What was paid is paid back. For its customer, a
    /// guest with its access token, and staff with the permission `ORDERS`; once money was taken, staff need
    /// `REFUNDS`, too.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is given up, and why.")] input: OrderCancelInput,
    ) -> Result<Option<OrderCancelPayload>> {
        OrderCancelPayload::of(fulfil::cancel(ctx, input).await)
    }

    /// Puts what an order sold into a cart again, at today's prices: into a new one, unless one is named. What is sold no
    /// more is left out, and told. For its customer, a guest with its access token, and staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is bought again.")] input: OrderReorderInput,
    ) -> Result<Option<OrderReorderPayload>> {
        reorder::reorder(ctx, input).await.map(Some)
    }

    /// Sends the link that opens an order to its mail address, for a guest who knows both the number and the address:
    /// three times an hour at most. Answers alike whether or not there is such an order.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_link_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is looked for.")] input: OrderLinkRequestInput,
    ) -> Result<Option<OrderLinkRequestPayload>> {
        OrderLinkRequestPayload::of(link::request(ctx, input).await)
    }

    /// Sends a confirmed order on its way in one parcel, whole or in part. What goes in parts is `DISPATCHED` once nothing
    /// is left to be sent; also where what was left was paid back. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_dispatch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order goes on its way, and how.")] input: OrderDispatchInput,
    ) -> Result<Option<OrderDispatchPayload>> {
        OrderDispatchPayload::of(fulfil::dispatch(ctx, input).await)
    }

    /// Closes a dispatched order that has arrived. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order has arrived.")] input: OrderCompleteInput,
    ) -> Result<Option<OrderCompletePayload>> {
        OrderCompletePayload::of(fulfil::complete(ctx, input).await)
    }
}
