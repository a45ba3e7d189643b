use std::time::Duration;

use async_graphql::{Context, ID, InputObject, SimpleObject};
use vitrine_commerce::{
    Refusal,
    checkout::{self, PlaceOrder, Placed},
    orders,
    payments::{self, PaymentMethod, Retry},
};
use vitrine_entity::{ids::PageVersionId, order};

use crate::{
    graphql::{
        order::object::Order,
        shared::{ContextExt, Decimal, Result, UserError, outcome, payload},
    },
    ids,
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
    /// Pays with a card that the customer who is signed in has saved (`viewer.savedPaymentMethods`), in the place of `token`.
    /// Their bank may ask for a second factor all the same.
    pub saved_payment_method_id: Option<ID>,
    /// Whether the provider keeps the card for the next time, once it has paid: for a customer who is signed in, where the
    /// method is `savable`. Ask the shopper; by default it does not.
    pub save: Option<bool>,
}

impl TryFrom<PaymentMethodInput> for PaymentMethod {
    type Error = Refusal;

    fn try_from(input: PaymentMethodInput) -> std::result::Result<Self, Refusal> {
        let at = ["paymentMethod", "savedPaymentMethodId"];
        let saved = input.saved_payment_method_id;
        let saved = saved.map(|id| ids::input(&id, "saved card", &at)).transpose()?;
        Ok(Self {
            provider: input.method,
            token: input.token,
            saved,
            save: input.save.unwrap_or_default(),
        })
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
    /// How the shopper pays. Needed only where there is something to be paid: a cart whose total is nothing is
    /// ordered without it.
    pub payment_method: Option<PaymentMethodInput>,
    /// The cart's version that the shopper saw when they agreed to its total: refuse any other.
    pub expected_cart_version: Option<i32>,
    /// The total that the shopper agreed to, in the cart's currency: refuse any other with `PRICE_CHANGED`. A discount may
    /// have ended since, or a method may cost more.
    pub expected_total: Option<Decimal>,
    /// The versions of the policies that the shopper agreed to, by the id of their `currentVersion`: one
    /// that is no longer in force is refused with `POLICY_CHANGED`. Where it is left out, the order is
    /// placed under those in force. Either way `order.policies` keeps them.
    pub agreed_policy_ids: Option<Vec<ID>>,
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

pub(super) async fn place(ctx: &Context<'_>, input: OrderPlaceInput) -> Result<OrderPlacePayload> {
    let (placed, user_errors) = outcome(placed(ctx, input).await)?;
    let (order, order_access_token, replayed) = match placed {
        Some(Placed {
            order,
            access_token,
            replayed,
        }) => (Some(Order(order)), Some(access_token), replayed),
        None => (None, None, false),
    };
    Ok(OrderPlacePayload {
        order,
        order_access_token,
        replayed,
        user_errors,
    })
}

async fn placed(ctx: &Context<'_>, input: OrderPlaceInput) -> vitrine_commerce::Result<Placed> {
    // Before anything is done: what is asked for is refused as a whole.
    let within = orders::wait_within(input.wait_seconds.unwrap_or_default())?;
    let place = PlaceOrder {
        cart: ids::input(&input.cart_id, "cart", &["cartId"])?,
        idempotency_key: input.idempotency_key,
        payment_method: method(input.payment_method)?,
        expected_cart_version: input.expected_cart_version.map(i64::from),
        expected_total: input.expected_total.map(|total| total.0),
        agreed_policies: agreed(input.agreed_policy_ids)?,
    };
    let mut placed = checkout::place_order(ctx.shop(), ctx.caller(), place).await?;
    placed.order = awaited(ctx, placed.order, within).await;
    Ok(placed)
}

fn method(given: Option<PaymentMethodInput>) -> std::result::Result<PaymentMethod, Refusal> {
    Ok(given.map(PaymentMethod::try_from).transpose()?.unwrap_or_default())
}

/// One that is ill-formed is as good as one that is not in force.
fn agreed(given: Option<Vec<ID>>) -> std::result::Result<Option<Vec<PageVersionId>>, Refusal> {
    let read = |id: &ID| ids::input(id, "policy", &["agreedPolicyIds"]);
    given.map(|given| given.iter().map(read).collect()).transpose()
}

pub(super) async fn retry(ctx: &Context<'_>, input: OrderPaymentRetryInput) -> vitrine_commerce::Result<Order> {
    let within = orders::wait_within(input.wait_seconds.unwrap_or_default())?;
    let retry = Retry {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        access_token: input.access_token.clone(),
        method: input.payment_method.try_into()?,
    };
    let order = match &input.idempotency_key {
        Some(key) => payments::retry_once(ctx.shop(), ctx.caller(), retry, key).await?,
        None => payments::retry(ctx.shop(), ctx.caller(), retry).await?,
    };
    Ok(Order(awaited(ctx, order, within).await))
}

/// The order once its payment has an outcome, the time is over, or the server stops. What was done
/// before the wait is done: if the wait fails, the order is given as it was then.
async fn awaited(ctx: &Context<'_>, order: order::Model, within: Duration) -> order::Model {
    if within.is_zero() {
        return order;
    }
    match payments::outcome_of_new(ctx.shop(), order.clone(), within, ctx.stopping()).await {
        Ok(order) => order,
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "a payment could not be waited for");
            order
        }
    }
}
