use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    checkout::{self, PlaceOrder, Placed},
    fulfilment::{self, Cancel, Dispatch},
    payments::{self, PaymentMethod, Retry},
};

use super::wait::{awaited, check_wait};
use crate::graphql::{
    failure::Result,
    ids,
    request::Request,
    types::Order,
    user_error::{UserError, outcome, payload},
};

/// How the shopper pays.
#[derive(Debug, InputObject)]
pub struct PaymentMethodInput {
    /// The `name` of one of `shop.paymentMethods`; the shop's own where it is left out.
    pub method: Option<String>,
    /// What the payment provider gave the shopper's browser for their card or account, for a method
    /// that `needsToken`. Never a card's number. `shop.testPaymentTokens` lists those of the
    /// simulated provider.
    #[graphql(secret)]
    pub token: Option<String>,
}

impl From<PaymentMethodInput> for PaymentMethod {
    fn from(input: PaymentMethodInput) -> Self {
        Self {
            provider: input.method,
            token: input.token,
        }
    }
}

/// Which cart becomes an order, and how it is paid.
#[derive(Debug, InputObject)]
pub struct OrderPlaceInput {
    /// The cart's id.
    pub cart_id: ID,
    /// Made by the client, once for each order that it means to place, such as a random UUID.
    /// Sent again with the same input, it gives the same order again and never a second one, for
    /// ever: repeat the request with it after a time-out. Sent with other input, it is refused. It
    /// belongs to the signed-in customer; a guest's belongs to the cart. At most 255 characters.
    pub idempotency_key: String,
    /// How the shopper pays.
    pub payment_method: PaymentMethodInput,
    /// The cart's version that the shopper saw when they agreed to its total: refuse any other.
    pub expected_cart_version: Option<i32>,
    /// Wait for the payment's outcome, at most so many seconds, 0 to 25; 0 where it is left out. The
    /// answer comes as soon as the payment has arrived or failed, or the shopper must act, so that
    /// a simple client needs no subscription. Where the time was too short it is no error: the
    /// order is still `PAYMENT_PENDING`; ask for it again.
    pub wait_seconds: Option<i32>,
}

/// Which order is paid again, and how.
#[derive(Debug, InputObject)]
pub struct OrderPaymentRetryInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// How the shopper pays this time.
    pub payment_method: PaymentMethodInput,
    /// Made by the client, once for each new payment that it means to begin, such as a random UUID.
    /// Sent again with the same input, it begins none, and gives the order as it stands: repeat the
    /// request with it after a time-out. Without it, a repeated request may begin a third payment
    /// where the second has failed meanwhile. Sent with other input, it is refused. It belongs to the
    /// signed-in customer; a guest's belongs to the order. At most 255 characters.
    pub idempotency_key: Option<String>,
    /// Wait for the payment's outcome, at most so many seconds, 0 to 25; 0 where it is left out. The
    /// answer comes as soon as the payment has arrived or failed, or the shopper must act, so that
    /// a simple client needs no subscription. Where the time was too short it is no error: the
    /// order is still `PAYMENT_PENDING`; ask for it again.
    pub wait_seconds: Option<i32>,
}

/// Which order is given up, and why.
#[derive(Debug, InputObject)]
pub struct OrderCancelInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// Shown in the timeline and the mail, at most 200 characters.
    pub reason: Option<String>,
}

/// Which order goes on its way, and how.
#[derive(Debug, InputObject)]
pub struct OrderDispatchInput {
    /// The order's id.
    pub order_id: ID,
    /// Who carries it, as shoppers read it.
    pub carrier: Option<String>,
    /// The carrier's number of it.
    pub tracking_number: Option<String>,
    /// Where the shopper can follow it: an `https://` or `http://` address.
    pub tracking_url: Option<String>,
}

/// Which order has arrived.
#[derive(Debug, InputObject)]
pub struct OrderCompleteInput {
    /// The order's id.
    pub order_id: ID,
}

/// What `orderPlace` answers.
#[derive(Debug, SimpleObject)]
pub struct OrderPlacePayload {
    /// The order. Its payment is under way: follow it with the subscription `orderUpdates`. Where
    /// `waitSeconds` was given, the order as it stands after that: look at `payment.problem`.
    pub order: Option<Order>,
    /// Opens the order to whoever holds it. Keep it for a guest; the mails carry it, too.
    pub order_access_token: Option<String>,
    /// Whether this repeats the answer to an earlier request with the same key.
    pub replayed: bool,
    /// Why no order was placed; empty when it was.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// What `orderPaymentRetry` answers.
    OrderPaymentRetryPayload {
        /// The order, with a new payment under way; where `waitSeconds` was given, as it stands
        /// after that.
        order: Order,
    }
}
payload! {
    /// What `orderCancel` answers.
    OrderCancelPayload {
        /// The cancelled order.
        order: Order,
    }
}
payload! {
    /// What `orderDispatch` answers.
    OrderDispatchPayload {
        /// The dispatched order.
        order: Order,
    }
}
payload! {
    /// What `orderComplete` answers.
    OrderCompletePayload {
        /// The completed order.
        order: Order,
    }
}

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
        let wait_seconds = input.wait_seconds;
        let (placed, user_errors) = outcome(place(ctx, input).await)?;
        let (order, order_access_token, replayed) = match placed {
            Some(Placed {
                order,
                access_token,
                replayed,
            }) => {
                let order = awaited(ctx, order, Some(&access_token), wait_seconds).await;
                (Some(Order(order)), Some(access_token), replayed)
            }
            None => (None, None, false),
        };
        Ok(Some(OrderPlacePayload {
            order,
            order_access_token,
            replayed,
            user_errors,
        }))
    }

    /// Tries again to be paid while the order's goods are held: after a payment that failed, or
    /// one that cannot reach its provider and never has. `paymentRetryable` tells whether it may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_payment_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is paid again, and how.")] input: OrderPaymentRetryInput,
    ) -> Result<Option<OrderPaymentRetryPayload>> {
        OrderPaymentRetryPayload::of(retry(ctx, input).await)
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
        OrderCancelPayload::of(cancel(ctx, input).await)
    }

    /// Sends a confirmed order on its way, whole, in one parcel. For staff with the permission
    /// `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_dispatch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order goes on its way, and how.")] input: OrderDispatchInput,
    ) -> Result<Option<OrderDispatchPayload>> {
        OrderDispatchPayload::of(dispatch(ctx, input).await)
    }

    /// Closes a dispatched order that has arrived. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order has arrived.")] input: OrderCompleteInput,
    ) -> Result<Option<OrderCompletePayload>> {
        OrderCompletePayload::of(complete(ctx, input).await)
    }
}

async fn place(ctx: &Context<'_>, input: OrderPlaceInput) -> vitrine_commerce::Result<Placed> {
    check_wait(input.wait_seconds)?;
    let place = PlaceOrder {
        cart: ids::input(&input.cart_id, "cart", &["cartId"])?,
        idempotency_key: input.idempotency_key,
        payment_method: input.payment_method.into(),
        expected_cart_version: input.expected_cart_version.map(i64::from),
    };
    checkout::place_order(ctx.shop(), ctx.caller(), place).await
}

async fn retry(ctx: &Context<'_>, input: OrderPaymentRetryInput) -> vitrine_commerce::Result<Order> {
    check_wait(input.wait_seconds)?;
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    let access_token = input.access_token.clone();
    let retry = Retry {
        order,
        access_token: input.access_token,
        method: input.payment_method.into(),
    };
    let order = match &input.idempotency_key {
        Some(key) => payments::retry_once(ctx.shop(), ctx.caller(), retry, key).await?,
        None => payments::retry(ctx.shop(), ctx.caller(), retry).await?,
    };
    Ok(Order(
        awaited(ctx, order, access_token.as_deref(), input.wait_seconds).await,
    ))
}

async fn cancel(ctx: &Context<'_>, input: OrderCancelInput) -> vitrine_commerce::Result<Order> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    let cancel = Cancel {
        order,
        access_token: input.access_token,
        reason: input.reason,
    };
    Ok(Order(fulfilment::cancel(ctx.shop(), ctx.caller(), cancel).await?))
}

async fn dispatch(ctx: &Context<'_>, input: OrderDispatchInput) -> vitrine_commerce::Result<Order> {
    let OrderDispatchInput {
        order_id,
        carrier,
        tracking_number,
        tracking_url,
    } = input;
    let order = ids::input(&order_id, "order", &["orderId"])?;
    let dispatch = Dispatch {
        order,
        carrier,
        tracking_number,
        tracking_url,
    };
    Ok(Order(fulfilment::dispatch(ctx.shop(), ctx.caller(), dispatch).await?))
}

async fn complete(ctx: &Context<'_>, input: OrderCompleteInput) -> vitrine_commerce::Result<Order> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    Ok(Order(fulfilment::complete(ctx.shop(), ctx.caller(), order).await?))
}
