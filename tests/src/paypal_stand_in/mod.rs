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

use std::collections::HashMap;

use serde_json::Value;

pub use crate::stand_in::Fault;

use state::State;

use crate::stand_in::StandIn;

pub type PayPalStandIn = StandIn<State>;

impl PayPalStandIn {
    /// The only client that it knows.
    pub const CLIENT_ID: &str = state::CLIENT_ID;
    pub const CLIENT_SECRET: &str = state::CLIENT_SECRET;
    /// The only webhook that its app has.
    pub const WEBHOOK_ID: &str = state::WEBHOOK_ID;

    /// From now on no token works that was given out before.
    pub fn withdraw_tokens(&self) {
        self.provider().tokens.clear();
    }

    /// Every order, oldest first.
    pub fn orders(&self) -> Vec<Value> {
        let state = self.provider();
        state.books.orders.iter().map(render::order).collect()
    }

    /// The shopper agrees to an order on PayPal's pages. With `good` their means of payment give the money when it is asked
    /// for; otherwise they do not.
    ///
    /// # Panics
    /// When there is no such order, or it does not wait for that.
    pub fn approve(&self, order: &str, good: bool) {
        let now = self.now();
        self.provider().books.approve(order, good, now);
    }

    /// The events since this was last asked, in the order in which they came about.
    pub fn take_events(&self) -> Vec<Value> {
        let mut state = self.provider();
        let fresh = state.books.events[state.events_taken..].to_vec();
        state.events_taken = state.books.events.len();
        fresh
    }

    /// The headers that PayPal would send with this body now.
    pub fn headers_of(&self, body: &str) -> HashMap<String, String> {
        events::headers(body, self.now())
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
