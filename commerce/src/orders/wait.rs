//! Waiting for what the shop's jobs will do to an order, so that a simple front end needs no subscription.

use std::time::Duration;

use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use vitrine_entity::ids::OrderId;

use super::watch;
use crate::{ErrorCode, Refusal, Result, Shop, language::messages};

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
        let message = messages::wait_seconds_range(WAIT_MAX.as_secs());
        Refusal::new(ErrorCode::Invalid, message).at(&["waitSeconds"])
    })
}

/// When what was written this moment is read for the first time, if nothing is told of it before: what changes it may have
/// been told before anybody listened.
const FRESH: Duration = Duration::from_millis(50);

/// Whether what is waited for was written a moment ago, and is not settled as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    AnyTime,
    Now,
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
    wait_since(shop, order, (Since::AnyTime, within), stop, read, is_settled).await
}

/// As [`wait`]; what was written `Now` is not read at once, but when it changes.
pub(crate) async fn wait_since<T, Read>(
    shop: &Shop,
    order: OrderId,
    (since, within): (Since, Duration),
    stop: impl Future<Output = ()>,
    read: impl Fn() -> Read,
    is_settled: impl Fn(&T) -> bool,
) -> Result<T>
where
    Read: Future<Output = Result<T>>,
{
    let permit = WAITING.try_acquire();
    let within = permit.as_ref().map_or(Duration::ZERO, |_| within.min(WAIT_MAX));
    let began = Instant::now();
    let deadline = began + within;
    // Listen first, then read: what happens in between is not lost.
    let mut changes = watch::listen(shop, order);
    tokio::pin!(stop);
    let mut stopped = false;
    let mut next_read = match since {
        Since::AnyTime => began,
        Since::Now => began + FRESH,
    };
    loop {
        let until = deadline.min(next_read);
        if !stopped && until > Instant::now() {
            let changed = async {
                // Whoever tells of it may have ended: that leaves the poll.
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                () = &mut stop => stopped = true,
                // Whether it changed or the time is up does not matter.
                _ = timeout_at(until, changed) => {}
            }
        }
        let last = read().await?;
        let now = Instant::now();
        if is_settled(&last) || stopped || now >= deadline {
            return Ok(last);
        }
        next_read = now + POLL;
    }
}
