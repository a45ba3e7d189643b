//! Klarna for tests: a server on this machine that answers as Klarna's documents say of its payments (v1), hosted payment
//! pages (v1), order management (v1) and settlements (v1), in the part of them that Vitrine uses.
//!
//! It has a memory: sessions, pages, orders with what was held, taken and paid back, every request, every idempotency key.
//! It keeps Klarna's rules (amounts that add up, what an order's state allows), and fails on command. It calls nobody by
//! itself: a test takes the hints and delivers them as it likes. In one thing it is simpler: it pays out at once.

mod books;
mod error;
mod exchange;
mod render;
mod routes;
mod session;
mod state;

use serde_json::Value;

pub use crate::stand_in::Fault;

use state::State;

use crate::stand_in::StandIn;

pub type KlarnaStandIn = StandIn<State>;

impl KlarnaStandIn {
    /// The only user that it knows.
    pub const USERNAME: &str = state::USERNAME;
    pub const PASSWORD: &str = state::PASSWORD;

    /// The pages for shoppers, oldest first.
    pub fn pages(&self) -> Vec<Value> {
        let state = self.provider();
        state.books.pages.iter().map(render::page).collect()
    }

    /// Every order, oldest first.
    pub fn orders(&self) -> Vec<Value> {
        let state = self.provider();
        state.books.orders.iter().map(render::order).collect()
    }

    /// The shopper comes to an end on a page: with `good` they agree, and otherwise Klarna does not take them.
    ///
    /// # Panics
    /// When there is no such page, or it waits for nobody.
    pub fn finish(&self, page: &str, good: bool) {
        let now = self.now();
        self.provider().books.finish(page, good, now);
    }

    /// A page's time is over, and nothing is known of it any more.
    pub fn forget_page(&self, page: &str) {
        self.provider().books.pages.retain(|known| known.id != page);
    }

    /// From now on Klarna wants to look at what is agreed to before it vouches for it.
    pub fn look_at_orders(&self) {
        self.provider().books.looks_at_orders = true;
    }

    /// It has looked at an order.
    ///
    /// # Panics
    /// When there is no such order.
    pub fn decide(&self, order: &str, trusted: bool) {
        self.provider().books.decide(order, trusted);
    }

    /// The hints since this was last asked, in the order in which they came about.
    pub fn take_hints(&self) -> Vec<Value> {
        std::mem::take(&mut self.provider().books.hints)
    }

    /// Delivers a hint to a shop's webhook path, and answers the status.
    pub async fn deliver(&self, shop: &str, hint: &Value) -> reqwest::Result<reqwest::StatusCode> {
        let request = crate::client::http()
            .post(format!("{shop}/webhooks/klarna"))
            .header("content-type", "application/json");
        Ok(request.body(hint.to_string()).send().await?.status())
    }
}
