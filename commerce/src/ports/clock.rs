//! Time, given from outside so that tests can move it.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// How far the clocks of our machines may be apart. What lies further in the future than anything
/// of ours does by more than this was written by a clock that ran ahead, and does not bind.
pub const CLOCKS_APART_MAX: TimeDelta = TimeDelta::minutes(10);

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, to the microsecond: PostgreSQL keeps no more, and an instant must survive its row.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}
