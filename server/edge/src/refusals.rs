//! Who was turned away for want of room: counted for `/metrics`, and told in the log, a line in a while at most.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Between two lines of one kind.
const QUIET: Duration = Duration::from_secs(10);

/// Of this process.
static REFUSALS: [Refused; Room::ALL.len()] = [const { Refused::new() }; Room::ALL.len()];

/// What there was no room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A connection, of an address that has as many as it may.
    ConnectionOfAddress,
    /// A WebSocket or an event stream, of an address that has as many as it may.
    StreamOfAddress,
    /// A WebSocket or an event stream, of anybody.
    Stream,
    /// A query or a mutation, of anybody.
    Request,
}

#[derive(Debug)]
struct Refused {
    count: AtomicU64,
    /// When it was told last, and how many there were then.
    told: Mutex<Option<(Instant, u64)>>,
}

impl Room {
    pub const ALL: [Self; 4] = [
        Self::ConnectionOfAddress,
        Self::StreamOfAddress,
        Self::Stream,
        Self::Request,
    ];

    /// Its name in `/metrics`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ConnectionOfAddress => "connection_of_address",
            Self::StreamOfAddress => "stream_of_address",
            Self::Stream => "stream",
            Self::Request => "request",
        }
    }

    /// How often it was wanting since the process began.
    pub fn refused(self) -> u64 {
        self.refusals().count.load(Ordering::Relaxed)
    }

    /// Counts one, and tells of it unless one was told of a moment ago. No address stands in the log: the line is about
    /// the bound.
    pub(super) fn refuse(self) {
        let refusals = self.refusals();
        let count = refusals.count.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(since) = refusals.since_told(count, Instant::now()) {
            tracing::warn!(room = self.name(), refused = since, "turned away for want of room");
        }
    }

    fn refusals(self) -> &'static Refused {
        &REFUSALS[self as usize]
    }
}

impl Refused {
    const fn new() -> Self {
        Self {
            count: AtomicU64::new(0),
            told: Mutex::new(None),
        }
    }

    /// How many there were since it was told last, if it is to be told now.
    fn since_told(&self, count: u64, now: Instant) -> Option<u64> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match *told {
            Some((at, _)) if now.saturating_duration_since(at) < QUIET => return None,
            Some((_, before)) => before,
            None => 0,
        };
        *told = Some((now, count));
        Some(count.saturating_sub(before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_one_line_in_a_while() {
        let (refused, begin) = (Refused::new(), Instant::now());
        assert_eq!(refused.since_told(1, begin), Some(1));
        for count in 2..1_000 {
            assert_eq!(refused.since_told(count, begin + QUIET / 2), None);
        }
        assert_eq!(refused.since_told(1_000, begin + QUIET), Some(999));
    }
}
