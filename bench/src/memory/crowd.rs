//! Thousands of connections.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use anyhow::ensure;
use futures::future::try_join_all;
use tokio::task::JoinSet;

use super::held::{self, Kind};
use crate::workloads::Placed;

/// Connections that are opened at the same time.
const OPENED_AT_ONCE: usize = 50;

/// How many come from one address of this machine: it has no more ports than 28,000.
const OF_ADDRESS: usize = 5_000;

/// How long one may take to open.
const PATIENCE: Duration = Duration::from_secs(60);

/// It goes when it is dropped.
pub struct Crowd<'a> {
    server: SocketAddr,
    orders: &'a [Placed],
    here: JoinSet<()>,
}

impl<'a> Crowd<'a> {
    pub fn new(server: SocketAddr, orders: &'a [Placed]) -> Self {
        Self {
            server,
            orders,
            here: JoinSet::new(),
        }
    }

    /// `count` more.
    pub async fn join(&mut self, kind: Kind, count: usize) -> anyhow::Result<()> {
        let mut joined = 0;
        while joined < count {
            let more = OPENED_AT_ONCE.min(count - joined);
            let server = self.server;
            let before = self.here.len();
            let opened = (before..before + more).map(|number| {
                let order = &self.orders[number % self.orders.len()];
                held::open(address(number), server, kind, order)
            });
            for stream in tokio::time::timeout(PATIENCE, try_join_all(opened)).await?? {
                self.here.spawn(held::stay(stream, kind));
            }
            joined += more;
        }
        Ok(())
    }

    /// # Errors
    /// When the server has ended connections.
    pub fn check(&mut self) -> anyhow::Result<()> {
        let all = self.here.len();
        let mut gone = 0;
        while self.here.try_join_next().is_some() {
            gone += 1;
        }
        ensure!(gone == 0, "the server has ended {gone} of {all} connections");
        Ok(())
    }
}

/// Every number of 127.0.0.0/8 is this machine, on Linux.
pub fn address(number: usize) -> IpAddr {
    IpAddr::from([127, 0, 1, (1 + number / OF_ADDRESS % 250) as u8])
}
