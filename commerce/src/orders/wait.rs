//! Waiting for what the shop's jobs will do to an order, so that a simple front end needs no subscription.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use vitrine_entity::ids::OrderId;

use crate::{ErrorCode, Refusal, Result, Shop, ports::event_bus::Topic};

/// The longest that anybody may wait.
const WAIT_MAX: Duration = Duration::from_secs(25);

/// Of those who wait at the same time, so that a provider that is slow for all leaves a server's room
/// to whoever does something else. A further one is answered with how things stand.
static WAITING: Semaphore = Semaphore::const_new(256);

/// How long a change may stay unseen that the bus has lost, or was not told of.
const POLL: Duration = Duration::from_secs(2);

/// How long a caller waits who asks for so many `waitSeconds`.
///
/// # Errors
/// `INVALID` for a wait that is negative or longer than 25 seconds.
pub fn wait_within<N>(seconds: N) -> Result<Duration, Refusal>
where
    u64: TryFrom<N>,
{
    let within = u64::try_from(seconds).ok().map(Duration::from_secs);
    within.filter(|within| *within <= WAIT_MAX).ok_or_else(|| {
        let message = format!("`waitSeconds` must be between 0 and {}.", WAIT_MAX.as_secs());
        Refusal::new(ErrorCode::Invalid, message).at(&["waitSeconds"])
    })
}

/// Reads until what was read is settled: at once, whenever the order changes, and every few seconds; for
/// at most `within`, and no longer than `stop` is pending. Gives what it read last. Nothing of the
/// database is held between two reads.
///
/// # Errors
/// As `read`.
pub async fn wait<T, Read>(
    shop: &Shop,
    order: OrderId,
    within: Duration,
    stop: impl Future<Output = ()>,
    read: impl Fn() -> Read,
    is_settled: impl Fn(&T) -> bool,
) -> Result<T>
where
    Read: Future<Output = Result<T>>,
{
    let permit = WAITING.try_acquire();
    let within = permit.as_ref().map_or(Duration::ZERO, |_| within.min(WAIT_MAX));
    let deadline = Instant::now() + within;
    // Listen first, then read: what happens in between is not lost. A bus that has ended leaves the poll.
    let changes = shop.bus.subscribe().chain(stream::pending());
    let mut changes = changes.filter(move |topic| std::future::ready(*topic == Topic::Order(order)));
    tokio::pin!(stop);
    let mut stopped = false;
    loop {
        let last = read().await?;
        let now = Instant::now();
        if is_settled(&last) || stopped || now >= deadline {
            return Ok(last);
        }
        tokio::select! {
            () = &mut stop => stopped = true,
            // Whether it changed or the time is up does not matter.
            _ = timeout_at(deadline.min(now + POLL), changes.next()) => {}
        }
    }
}
