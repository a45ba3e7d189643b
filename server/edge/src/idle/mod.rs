//! Which connections are idle, and which of them go where places run out: those that have waited longest, until a tenth of the
//! places is free. Else whoever holds connections without using them would keep others out.

mod activity;

use std::{
    collections::HashMap,
    mem,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::Notify;

pub(crate) use activity::Activity;
pub use activity::idle_connections_closed;
use activity::{GONE, LEAVING, micros};

use super::client_address::network;

/// Between two looks at all connections: each costs as much as there are.
const AGAIN: Duration = Duration::from_millis(50);

/// For how long a connection that was opened just now does not count as idle: its first request is on its way.
const FIRST_REQUEST: Duration = Duration::from_secs(1);

/// Those that a server has open. Cheap to clone; all clones are one.
#[derive(Clone)]
pub(crate) struct Connections(Arc<Shared>);

struct Shared {
    max: usize,
    max_of_address: usize,
    began: Instant,
    open: Mutex<HashMap<u64, Activity>>,
    /// As many as stand in `open`: read with every answer, for which nobody should wait.
    count: AtomicUsize,
    next_id: AtomicU64,
    /// How many should go of addresses that have nearly used up their share.
    wanted: Mutex<HashMap<IpAddr, usize>>,
    is_scarce: Notify,
}

/// A connection, among the others until it is dropped.
pub(crate) struct Entry {
    id: u64,
    activity: Activity,
    connections: Connections,
}

impl Connections {
    /// So many there may be, and so many of one address.
    pub(crate) fn new(max: usize, max_of_address: usize) -> Self {
        Self(Arc::new(Shared {
            max,
            max_of_address,
            began: Instant::now(),
            open: Mutex::default(),
            count: AtomicUsize::new(0),
            next_id: AtomicU64::new(0),
            wanted: Mutex::default(),
            is_scarce: Notify::new(),
        }))
    }

    /// One more. `address`: where it is counted in that address' share.
    pub(crate) fn enter(&self, address: Option<IpAddr>) -> Entry {
        let activity = Activity::new(address.map(network), self.0.began);
        activity.set(activity.now().saturating_add(micros(FIRST_REQUEST)));
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let mut open = lock(&self.0.open);
        open.insert(id, activity.clone());
        self.0.count.store(open.len(), Ordering::Relaxed);
        drop(open);
        if self.are_scarce() {
            self.0.is_scarce.notify_one();
        }
        Entry {
            id,
            activity,
            connections: self.clone(),
        }
    }

    /// Whether so few places are left that no connection should be kept beyond its request.
    pub(crate) fn are_scarce(&self) -> bool {
        wanted(self.0.max, self.0.count.load(Ordering::Relaxed)) > 0
    }

    /// An address has so many open: some go where that is nearly all that it may have.
    pub(crate) fn note_share(&self, address: IpAddr, open: usize) {
        let wanted = wanted(self.0.max_of_address, open);
        if wanted > 0 {
            lock(&self.0.wanted).insert(network(address), wanted);
            self.0.is_scarce.notify_one();
        }
    }

    /// Tells idle connections to go whenever places run out. Has no end.
    pub(crate) async fn relieve(&self) {
        loop {
            // Where none is left, nobody comes who would tell, and another may be idle the next moment.
            if self.0.count.load(Ordering::Relaxed) < self.0.max {
                self.0.is_scarce.notified().await;
            }
            self.tell(micros(self.0.began.elapsed()));
            tokio::time::sleep(AGAIN).await;
        }
    }

    fn tell(&self, now: u64) {
        let mut of_addresses = mem::take(&mut *lock(&self.0.wanted));
        let open = lock(&self.0.open);
        let mut of_all = wanted(self.0.max, open.len());
        let mut idle = Vec::new();
        for activity in open.values() {
            match activity.since() {
                LEAVING | GONE => {
                    of_all = of_all.saturating_sub(1);
                    if let Some(wanted) = activity.among(&mut of_addresses) {
                        *wanted -= 1;
                    }
                }
                since if since <= now => idle.push((since, activity)),
                _ => {}
            }
        }
        idle.sort_unstable_by_key(|(since, _)| *since);
        for (since, activity) in idle {
            let of_address = activity.among(&mut of_addresses);
            if (of_all > 0 || of_address.is_some()) && activity.tell_to_go(since) {
                of_all = of_all.saturating_sub(1);
                if let Some(wanted) = of_address {
                    *wanted -= 1;
                }
            }
        }
    }
}

impl Entry {
    pub(crate) fn activity(&self) -> Activity {
        self.activity.clone()
    }

    /// Nothing more is asked by it.
    pub(crate) fn end(&self) {
        self.activity.set(GONE);
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let shared = &self.connections.0;
        let mut open = lock(&shared.open);
        open.remove(&self.id);
        shared.count.store(open.len(), Ordering::Relaxed);
    }
}

/// How many of those that are open should go, so that a tenth of the places is free.
fn wanted(max: usize, open: usize) -> usize {
    max.div_ceil(10).saturating_sub(max.saturating_sub(open))
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::{activity::BUSY, *};

    /// Whether each was told to go.
    fn told<const COUNT: usize>(entries: &[Entry; COUNT]) -> [bool; COUNT] {
        entries.each_ref().map(|entry| entry.activity.since() == LEAVING)
    }

    #[test]
    fn whoever_has_waited_longest_goes_until_a_tenth_is_free() {
        let connections = Connections::new(5, 5);
        let entries = [None; 5].map(|address| connections.enter(address));
        connections.tell(0);
        assert_eq!(told(&entries), [false; 5], "their first requests are on their way");
        for (entry, since) in entries.iter().zip([7, BUSY, 5, 9, 6]) {
            entry.activity.set(since);
        }
        connections.tell(8);
        assert_eq!(told(&entries), [false, false, true, false, false]);
        connections.tell(8);
        assert_eq!(told(&entries), [false, false, true, false, false], "one goes already");

        // It has a request after all, and another is told in its place.
        entries[2].activity.work();
        assert!(entries[2].activity.must_go().now_or_never().is_none());
        connections.tell(8);
        assert_eq!(told(&entries), [false, false, false, false, true]);
        assert!(entries[4].activity.must_go().now_or_never().is_some());
        drop(entries);
        assert!(!connections.are_scarce() && lock(&connections.0.open).is_empty());
    }

    #[test]
    fn an_address_makes_room_for_its_own() {
        let connections = Connections::new(1_000, 2);
        let [one, other]: [IpAddr; 2] = ["2001:db8::1", "192.0.2.1"].map(|text| text.parse().unwrap());
        let entries = [Some(other), Some(one), Some(one), None].map(|address| connections.enter(address));
        for (entry, since) in entries.iter().zip([1, 3, 2, 1]) {
            entry.activity.set(since);
        }
        connections.note_share(other, 1);
        connections.note_share(one, 2);
        connections.tell(9);
        assert_eq!(told(&entries), [false, false, true, false]);
        // What is over is on its way out, whatever hyper drops later.
        entries[2].end();
        entries[2].activity.work();
        connections.note_share(one, 2);
        connections.tell(9);
        assert_eq!(told(&entries), [false; 4]);
    }
}
