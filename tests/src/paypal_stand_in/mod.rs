//! PayPal for tests: a server on this machine that answers as PayPal's documents say of its orders (v2), payments (v2),
//! transaction search and webhooks, in the part of them that Vitrine uses.
//!
//! It has a memory: orders with what was held, taken and paid back, every request, every idempotency key, every event. It
//! keeps PayPal's rules, and fails on command. It sends no webhook by itself: a test takes the events and delivers them as it
//! likes. In one thing it is simpler: it signs with a secret, where PayPal has certificates; whoever wants to know whether a
//! webhook is PayPal's asks it, as they ask PayPal.

mod books;
mod error;
mod events;
mod exchange;
mod render;
mod routes;
mod state;

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use tokio::net::TcpListener;
use vitrine_commerce::ports::Clock;

pub use state::{Fault, PayPalRequest};

use state::Shared;

use crate::stand_in::{self, Door};

/// A running server; it stops when dropped.
pub struct PayPalStandIn {
    url: String,
    shared: Arc<Shared>,
    _door: Door,
}

impl PayPalStandIn {
    /// The only client that it knows.
    pub const CLIENT_ID: &str = state::CLIENT_ID;
    pub const CLIENT_SECRET: &str = state::CLIENT_SECRET;
    /// The only webhook that its app has.
    pub const WEBHOOK_ID: &str = state::WEBHOOK_ID;

    pub async fn start(clock: Arc<dyn Clock>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            clock: Mutex::new(clock),
        });
        let door = Door::open(listener, exchange::answering(Arc::clone(&shared)));
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
        *self.shared.clock.lock().unwrap_or_else(PoisonError::into_inner) = clock;
    }

    /// Fails the next `times` requests that match `requests`: `POST /v2/checkout/orders`, a `*` standing for any one segment
    /// (or method); `*` alone for any request.
    pub fn fail(&self, requests: &str, times: usize, fault: Fault) {
        self.shared.state().faults.add(requests, times, fault);
    }

    /// From now on no token works that was given out before.
    pub fn withdraw_tokens(&self) {
        self.shared.state().tokens.clear();
    }

    /// The requests so far that match, as in [`Self::fail`], also those that were cut or refused.
    pub fn requests_to(&self, requests: &str) -> Vec<PayPalRequest> {
        let state = self.shared.state();
        let all = state.requests.iter();
        all.filter(|request| stand_in::matches(requests, &request.method, &request.path))
            .cloned()
            .collect()
    }

    /// Every order, oldest first.
    pub fn orders(&self) -> Vec<Value> {
        let state = self.shared.state();
        state.books.orders.iter().map(render::order).collect()
    }

    /// The shopper agrees to an order on PayPal's pages. With `good` their means of payment give the money when it is asked
    /// for; otherwise they do not.
    ///
    /// # Panics
    /// When there is no such order, or it does not wait for that.
    pub fn approve(&self, order: &str, good: bool) {
        let now = self.shared.now();
        self.shared.state().books.approve(order, good, now);
    }

    /// The events since this was last asked, in the order in which they came about.
    pub fn take_events(&self) -> Vec<Value> {
        let mut state = self.shared.state();
        let fresh = state.books.events[state.events_taken..].to_vec();
        state.events_taken = state.books.events.len();
        fresh
    }

    /// The headers that PayPal would send with this body now.
    pub fn headers_of(&self, body: &str) -> HashMap<String, String> {
        events::headers(body, self.shared.now())
    }

    /// Delivers an event to a shop's webhook path, and answers the status.
    pub async fn deliver(&self, shop: &str, event: &Value) -> reqwest::Result<reqwest::StatusCode> {
        let body = event.to_string();
        let mut request = crate::client::http()
            .post(format!("{shop}/webhooks/paypal"))
            .header("content-type", "application/json");
        for (name, value) in self.headers_of(&body) {
            request = request.header(name, value);
        }
        Ok(request.body(body).send().await?.status())
    }
}
