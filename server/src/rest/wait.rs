//! Waits for what the shop's jobs will do, within a bound and without a database connection in hand.

use std::time::Duration;

use futures::StreamExt;
use tokio::time::{Instant, timeout_at};
use vitrine_commerce::{
    Context, Result,
    payments::{self, Outcome},
    ports::event_bus::Topic,
};
use vitrine_entity::ids::OrderId;

use super::state::Rest;

/// How long a change may stay unseen when the bus has lost its message.
const POLL: Duration = Duration::from_secs(1);

/// What became of the order's payment after at most `within`. A server that stops answers at once.
pub(super) async fn paid(
    rest: &Rest,
    context: &Context,
    order: OrderId,
    access_token: Option<&str>,
    within: Duration,
) -> Result<Outcome> {
    tokio::select! {
        outcome = payments::outcome(&rest.shop, context, order, access_token, within) => outcome,
        () = rest.drain.begun() => payments::outcome(&rest.shop, context, order, access_token, Duration::ZERO).await,
    }
}

/// Reads until `is_settled`, or for at most `within`: at once, whenever the order changes, and
/// every second. Gives what it read last.
pub(super) async fn settled<T, Read>(
    rest: &Rest,
    order: OrderId,
    within: Duration,
    read: impl Fn() -> Read,
    is_settled: impl Fn(&T) -> bool,
) -> Result<T>
where
    Read: Future<Output = Result<T>>,
{
    let until = Instant::now() + within;
    // Listen first, then read: what happens in between is not lost.
    let changes = rest.shop.bus.subscribe();
    let mut changes = changes.filter(move |topic| std::future::ready(*topic == Topic::Order(order)));
    loop {
        let last = read().await?;
        if is_settled(&last) || Instant::now() >= until || rest.drain.has_begun() {
            return Ok(last);
        }
        let next = until.min(Instant::now() + POLL);
        tokio::select! {
            // Whether it changed or the time is up does not matter.
            _ = timeout_at(next, changes.next()) => {}
            () = rest.drain.begun() => {}
        }
    }
}
