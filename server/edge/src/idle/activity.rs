//! What a connection does: it has a request, or waits for one.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// What stands in place of the time since when a connection is idle: it has a request.
pub(super) const BUSY: u64 = u64::MAX;
/// It was told to go, unless a request came before it heard of it.
pub(super) const LEAVING: u64 = u64::MAX - 1;
/// It is over, but for the moment in which its last answer arrives.
pub(super) const GONE: u64 = u64::MAX - 2;

/// Of this process.
static CLOSED: AtomicU64 = AtomicU64::new(0);

/// How many idle connections were closed, since the process began, to make room for others.
pub fn idle_connections_closed() -> u64 {
    CLOSED.load(Ordering::Relaxed)
}

/// Whether a connection has a request, or since when it is idle. Cheap to clone; all clones are one.
#[derive(Clone)]
pub(crate) struct Activity(Arc<State>);

struct State {
    /// Whose share it is counted in.
    address: Option<IpAddr>,
    began: Instant,
    /// In microseconds since the beginning.
    since: AtomicU64,
    is_told: Notify,
}

impl Activity {
    pub(crate) fn new(address: Option<IpAddr>, began: Instant) -> Self {
        Self(Arc::new(State {
            address,
            began,
            since: AtomicU64::new(BUSY),
            is_told: Notify::new(),
        }))
    }

    /// It waits for a request.
    pub(crate) fn wait(&self) {
        self.set(self.now());
    }

    /// It has one, or the beginning of one.
    pub(crate) fn work(&self) {
        self.set(BUSY);
    }

    /// Until it has to go. Whoever has waited for this ends it.
    pub(crate) async fn must_go(&self) {
        loop {
            self.0.is_told.notified().await;
            // A request may have come in between.
            if self.since() == LEAVING {
                CLOSED.fetch_add(1, Ordering::Relaxed);
                return;
            }
        }
    }

    /// See [`BUSY`] for what is no time.
    pub(super) fn since(&self) -> u64 {
        self.0.since.load(Ordering::Relaxed)
    }

    /// Unless it has had a request since.
    pub(super) fn tell_to_go(&self, since: u64) -> bool {
        let told = &self.0.since;
        let told = told.compare_exchange(since, LEAVING, Ordering::Relaxed, Ordering::Relaxed);
        if told.is_ok() {
            self.0.is_told.notify_one();
        }
        told.is_ok()
    }

    /// How many of its address should still go, if any.
    pub(super) fn among<'all>(&self, of_addresses: &'all mut HashMap<IpAddr, usize>) -> Option<&'all mut usize> {
        let wanted = of_addresses.get_mut(&self.0.address?)?;
        (*wanted > 0).then_some(wanted)
    }

    pub(super) fn set(&self, since: u64) {
        let unless_gone = |before: u64| (before != GONE).then_some(since);
        // What is over stays so.
        let _ = self
            .0
            .since
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, unless_gone);
    }

    pub(super) fn now(&self) -> u64 {
        micros(self.0.began.elapsed())
    }
}

pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(GONE - 1)
}
