//! A clock that stands still until a test moves it.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_commerce::ports::Clock;

/// Shows the same instant until it is moved.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl Default for TestClock {
    /// Noon on 1 May 2030: later than any certificate or cookie of today's.
    fn default() -> Self {
        Self(Mutex::new(
            DateTime::from_timestamp(1_903_867_200, 0).expect("an instant"),
        ))
    }
}

impl TestClock {
    /// A clock that shows `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().expect("no test panics while it holds the clock") += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("no test panics while it holds the clock")
    }
}
