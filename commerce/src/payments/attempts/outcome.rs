//! Waits for the outcome of a payment.

use std::time::Duration;

use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    payment::{self, PaymentStatus, PaymentTrouble},
};

use super::load;
use crate::{Context, Refusal, Result, Shop, orders};

/// How an order stands once its payment's outcome is known, or the time to wait for it was over.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub order: order::Model,
    /// The latest attempt; `None` for an order that costs nothing.
    pub payment: Option<payment::Model>,
    /// Whether it is paid, failed or cancelled, or the shopper must act.
    pub known: bool,
}

/// Waits until the order's payment has an outcome, as [`orders::wait`] does. A payment that cannot go on
/// until staff have mended the shop's settings is not waited for.
///
/// # Errors
/// Refuses an order that the caller may not open.
pub async fn outcome(
    shop: &Shop,
    context: &Context,
    order: OrderId,
    access_token: Option<&str>,
    within: Duration,
    stop: impl Future<Output = ()>,
) -> Result<Outcome> {
    let read = || read(shop, context, order, access_token);
    let is_settled = |outcome: &Outcome| outcome.known || is_stuck(outcome.payment.as_ref());
    orders::wait(shop, order, within, stop, read, is_settled).await
}

/// As [`outcome`], of an order that whoever waits has placed, or tried to pay again, this moment. Gives it as it stands then.
///
/// # Errors
/// When the database fails.
pub async fn outcome_of_new(
    shop: &Shop,
    order: order::Model,
    within: Duration,
    stop: impl Future<Output = ()>,
) -> Result<order::Model> {
    if is_known(order.status, None) && order.unpaid_minor == 0 {
        return Ok(order);
    }
    let id = order.id;
    let read = || load::latest(shop, id);
    let is_settled = |latest: &Option<(order::Model, Option<payment::Model>)>| {
        let known = |(order, payment): &(order::Model, Option<payment::Model>)| {
            is_known(order.status, payment.as_ref()) || is_stuck(payment.as_ref())
        };
        latest.as_ref().is_none_or(known)
    };
    let latest = orders::wait_since(shop, id, (orders::Since::Now, within), stop, read, is_settled).await?;
    Ok(latest.map_or(order, |(order, _)| order))
}

async fn read(shop: &Shop, context: &Context, id: OrderId, access_token: Option<&str>) -> Result<Outcome> {
    let order = orders::find(shop, context, id, access_token).await?;
    let order = order.ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?;
    let payment = orders::load::payments_of(shop, &[id])
        .await?
        .remove(&id)
        .and_then(|mut attempts| attempts.pop());
    let known = is_known(order.status, payment.as_ref());
    Ok(Outcome { order, payment, known })
}

/// Pure.
fn is_known(order: OrderStatus, payment: Option<&payment::Model>) -> bool {
    match order {
        OrderStatus::Created | OrderStatus::PaymentPending => {
            payment.is_some_and(|payment| payment.status == PaymentStatus::ActionRequired)
        }
        OrderStatus::PaymentFailed | OrderStatus::Cancelled => true,
        OrderStatus::PaymentSuccess | OrderStatus::Confirmed | OrderStatus::Dispatched | OrderStatus::Completed => {
            !payment.is_some_and(is_asked)
        }
    }
}

/// Whether it is for what a change has put on, and its provider has not answered.
fn is_asked(payment: &payment::Model) -> bool {
    payment.order_version.is_some() && matches!(payment.status, PaymentStatus::Created | PaymentStatus::Unknown)
}

/// Whether waiting helps nobody.
fn is_stuck(payment: Option<&payment::Model>) -> bool {
    payment.is_some_and(|payment| payment.trouble == Some(PaymentTrouble::ConfigMissing))
}
