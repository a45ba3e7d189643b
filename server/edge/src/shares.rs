//! How much of something one address has open.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::client_address::network;

/// Counts by address. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    max: usize,
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// What is open, until it is dropped.
#[derive(Debug)]
pub(super) struct Share {
    address: IpAddr,
    count: usize,
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// What an address has running, in points.
#[derive(Debug, Clone)]
pub(super) struct Load {
    pub(super) running: Shares,
    pub(super) address: IpAddr,
}

impl Shares {
    pub(super) fn new(max: usize) -> Self {
        Self {
            max,
            open: Arc::default(),
        }
    }

    /// How much the address has open.
    pub(super) fn open(&self, address: IpAddr) -> usize {
        let open = lock(&self.open);
        open.get(&network(address)).copied().unwrap_or_default()
    }

    /// One more for the address, unless it has as many as it may.
    pub(super) fn take(&self, address: IpAddr) -> Option<Share> {
        self.take_many(address, 1)
    }

    /// So many more for the address, unless that is more than it may have. Whoever has none may have any number.
    pub(super) fn take_many(&self, address: IpAddr, count: usize) -> Option<Share> {
        let address = network(address);
        let mut open = lock(&self.open);
        let held = open.get(&address).copied().unwrap_or_default();
        if held > 0 && held.saturating_add(count) > self.max {
            return None;
        }
        open.insert(address, held.saturating_add(count));
        Some(Share {
            address,
            count,
            open: Arc::clone(&self.open),
        })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        if let Some(count) = open.get_mut(&self.address) {
            *count = count.saturating_sub(self.count);
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

fn lock(open: &Mutex<HashMap<IpAddr, usize>>) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_share_and_gives_it_back() {
        let shares = Shares::new(2);
        let [one, other, third] = ["192.0.2.1", "2001:db8::1", "2001:db8::2"].map(|text| text.parse().unwrap());
        let held: Vec<_> = [one, other, one, third].map(|address| shares.take(address)).into();
        assert!(held.iter().all(Option::is_some));
        assert!(
            shares.take(one).is_none() && shares.take(other).is_none(),
            "a network is one address"
        );
        assert_eq!((shares.open(one), shares.open(third)), (2, 2));
        drop(held);
        assert!(shares.take(one).is_some());
        assert!(lock(&shares.open).is_empty(), "nothing is kept of who has gone");

        let large = shares.take_many(one, 5);
        assert!(large.is_some(), "what is too large by itself runs alone");
        assert!(shares.take(one).is_none() && shares.take(other).is_some());
        drop(large);
        assert!(shares.take_many(one, 2).is_some());
    }
}
