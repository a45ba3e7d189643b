//! A stand-in as a server on this machine, for tests to hold.

use std::{
    io,
    sync::{Arc, MutexGuard},
};

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use vitrine_commerce::ports::Clock;

use super::{
    Door, Fault, SeenRequest,
    exchange::{Provider, answering},
    matches,
    shared::Shared,
};

/// A running server; it stops when dropped.
pub struct StandIn<P> {
    url: String,
    shared: Arc<Shared<P>>,
    _door: Door,
}

impl<P: Provider> StandIn<P> {
    pub async fn start(clock: Arc<dyn Clock>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared::new(clock));
        let door = Door::open(listener, answering(Arc::clone(&shared)));
        Ok(Self {
            url,
            shared,
            _door: door,
        })
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// From now on it goes by this clock.
    pub fn go_by(&self, clock: Arc<dyn Clock>) {
        self.shared.go_by(clock);
    }

    /// Fails the next `times` requests that match `requests`: `POST /v2/checkout/orders`, a `*` standing for any one segment
    /// (or method); `*` alone for any request.
    pub fn fail(&self, requests: &str, times: usize, fault: Fault) {
        self.provider().traffic().faults.add(requests, times, fault);
    }

    /// The requests so far that match, as in [`Self::fail`], also those that were cut or refused.
    pub fn requests_to(&self, requests: &str) -> Vec<SeenRequest> {
        let mut provider = self.provider();
        let all = provider.traffic().requests.iter();
        all.filter(|request| matches(requests, &request.method, &request.path))
            .cloned()
            .collect()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.shared.now()
    }

    pub(crate) fn provider(&self) -> MutexGuard<'_, P> {
        self.shared.provider()
    }
}
