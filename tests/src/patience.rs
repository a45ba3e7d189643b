//! How long tests wait for what is to come. A machine with much else to do is slow, and nothing is wrong with the shop for
//! that: such a wait has one bound, which only guards against waiting for ever, and what fails of it says so in one way.

use std::{fmt::Display, time::Duration};

/// How long a state may take to come. Longer than a worker lets a job run, so that one which it drops is run again before.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// What the message of a test begins with that has failed only for want of time: `tests/run` runs it once more, alone.
pub const OUT_OF_PATIENCE: &str = "out of patience: ";

/// Fails the test because `what` did not come in time.
///
/// # Panics
/// Always.
#[track_caller]
pub fn out_of_patience(what: impl Display) -> ! {
    panic!("{OUT_OF_PATIENCE}{what}")
}

/// Waits for the end of `work`, which is to bring `what`.
///
/// # Panics
/// When it does not end.
pub async fn within<T>(what: &str, work: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => out_of_patience(what),
    }
}

/// Waits for a state.
///
/// # Panics
/// When it does not come.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    within(what, waiting).await;
}

/// For what has to come soon, and took `took`: a busy machine may be why it came no sooner than after `limit`.
///
/// # Panics
/// When it did not come sooner.
#[track_caller]
pub fn sooner_than(limit: Duration, took: Duration, what: &str) {
    if took >= limit {
        out_of_patience(format_args!("{what} took {took:?}, and is to come within {limit:?}"));
    }
}
