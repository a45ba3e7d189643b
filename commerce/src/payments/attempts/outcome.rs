//! Waits for the outcome of a payment, so that a simple front end needs no subscription.

use std::time::Duration;

use futures::StreamExt;
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    payment::{self, PaymentStatus, PaymentTrouble},
};

use crate::{Context, Refusal, Result, Shop, orders, ports::event_bus::Topic};

/// The longest that anybody may wait.
pub const WAIT_MAX: Duration = Duration::from_secs(25);

/// Of those who wait at the same time, so that a provider that is slow for all leaves a server's
/// turns to whoever does something else. A further one is answered with how the order stands.
static WAITING: Semaphore = Semaphore::const_new(256);

/// How long a change may stay unseen that the bus has lost, or was not told of.
const POLL: Duration = Duration::from_secs(2);

/// How an order stands once its payment's outcome is known, or the time to wait for it was over.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub order: order::Model,
    /// The latest attempt; `None` for an order that costs nothing.
    pub payment: Option<payment::Model>,
    /// Whether it is paid, failed or cancelled, or the shopper must act.
    pub known: bool,
}

/// Waits until the order's payment has an outcome, at most `within` and never longer than
/// [`WAIT_MAX`]. Nothing of the database is held while it waits. A payment that cannot go on until
/// staff have mended the shop's settings is not waited for.
///
/// # Errors
/// Refuses an order that the caller may not open.
pub async fn outcome(
    shop: &Shop,
    context: &Context,
    order: OrderId,
    access_token: Option<&str>,
    within: Duration,
) -> Result<Outcome> {
    let turn = WAITING.try_acquire();
    let patience = turn.as_ref().map_or(Duration::ZERO, |_| within.min(WAIT_MAX));
    let deadline = Instant::now() + patience;
    // Listen first, then read: what happens in between is not lost.
    let mut changes = shop
        .bus
        .subscribe()
        .filter(move |topic| std::future::ready(*topic == Topic::Order(order)));
    loop {
        let outcome = read(shop, context, order, access_token).await?;
        let now = Instant::now();
        if outcome.known || is_stuck(outcome.payment.as_ref()) || now >= deadline {
            return Ok(outcome);
        }
        // Which of the two wakes us does not matter; a bus that has ended leaves the poll.
        let next_poll = deadline.min(now + POLL);
        if let Ok(None) = timeout_at(next_poll, changes.next()).await {
            tokio::time::sleep_until(next_poll).await;
        }
    }
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
        OrderStatus::PaymentSuccess
        | OrderStatus::PaymentFailed
        | OrderStatus::Confirmed
        | OrderStatus::Dispatched
        | OrderStatus::Completed
        | OrderStatus::Cancelled => true,
    }
}

/// Whether waiting helps nobody.
fn is_stuck(payment: Option<&payment::Model>) -> bool {
    payment.is_some_and(|payment| payment.trouble == Some(PaymentTrouble::ConfigMissing))
}
