//! The world's clock, which only the simulator moves, and those of the shop's processes, which may
//! be off.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_commerce::ports::Clock;

/// When every run begins: noon on 1 May 2030.
const BEGINS_AT: i64 = 1_903_867_200;

/// The true time. The payment provider, which is somebody else, lives by it.
#[derive(Debug)]
pub(super) struct WorldClock(Mutex<DateTime<Utc>>);

impl Default for WorldClock {
    fn default() -> Self {
        Self(Mutex::new(DateTime::from_timestamp(BEGINS_AT, 0).expect("an instant")))
    }
}

impl WorldClock {
    /// Moves it, backwards where `by` is negative.
    pub(super) fn shift(&self, by: TimeDelta) {
        *self.0.lock().expect("nobody dies while they hold the clock") += by;
    }

    /// How long the run has lasted.
    pub(super) fn elapsed(&self) -> TimeDelta {
        self.now() - Self::default().now()
    }
}

impl Clock for WorldClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("nobody dies while they hold the clock")
    }
}

/// What one machine believes the time to be.
#[derive(Debug)]
pub(super) struct MachineClock {
    world: Arc<WorldClock>,
    ahead_ms: AtomicI64,
}

impl MachineClock {
    pub(super) fn new(world: Arc<WorldClock>) -> Self {
        Self {
            world,
            ahead_ms: AtomicI64::new(0),
        }
    }

    pub(super) fn set_ahead(&self, by: TimeDelta) {
        self.ahead_ms.store(by.num_milliseconds(), Ordering::Relaxed);
    }
}

impl Clock for MachineClock {
    fn now(&self) -> DateTime<Utc> {
        self.world.now() + TimeDelta::milliseconds(self.ahead_ms.load(Ordering::Relaxed))
    }
}
