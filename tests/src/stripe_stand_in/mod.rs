//! Stripe for tests: a server on this machine that answers as Stripe's API 2025-03-31.basil is
//! documented to, in the part of it that Vitrine uses.
//!
//! It has a memory: payment intents, their charges and refunds, every request, every idempotency
//! key, every event. It keeps Stripe's rules, takes Stripe's test payment methods (`cards.rs`), and
//! fails on command in the ways that a server and its network fail (`faults.rs`). It sends no
//! webhook by itself: a test takes the events and delivers them as it likes, signed. The program
//! `stripe_stand_in` serves it to a shop that is tried by hand.

mod books;
mod cards;
mod create;
mod error;
mod events;
mod exchange;
mod faults;
mod keys;
mod moves;
mod parameters;
mod refunds;
mod render;
mod routes;
mod saved;
mod state;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use vitrine_commerce::ports::Clock;

pub use events::{SIGNATURE_HEADER, sign};
pub use faults::Fault;
pub use state::StripeRequest;

use state::Shared;

use crate::stand_in::{self, Door};

/// A running server; it stops when dropped.
pub struct StripeStandIn {
    address: SocketAddr,
    shared: Arc<Shared>,
    door: tokio::sync::Mutex<Option<Door>>,
}

impl StripeStandIn {
    /// The only key it takes.
    pub const KEY: &str = state::KEY;
    /// What it signs webhooks with.
    pub const WEBHOOK_SECRET: &str = "whsec_of_the_stand_in";

    /// On a free port of this machine.
    pub async fn start(clock: Arc<dyn Clock>) -> io::Result<Self> {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), clock).await
    }

    pub async fn start_at(address: SocketAddr, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            clock: Mutex::new(clock),
            released: CancellationToken::new(),
        });
        let door = Door::open(listener, exchange::answering(Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            door: tokio::sync::Mutex::new(Some(door)),
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it goes by this clock.
    pub fn go_by(&self, clock: Arc<dyn Clock>) {
        *self.shared.clock.lock().unwrap_or_else(PoisonError::into_inner) = clock;
    }

    /// From now on the account may capture in parts what a card holds.
    pub fn allow_multicapture(&self) {
        self.shared.state().books.multicapture = true;
    }

    /// Closes the door: open connections are cut, new ones refused.
    pub async fn refuse_connections(&self) {
        if let Some(door) = self.door.lock().await.take() {
            door.shut().await;
        }
    }

    /// Opens the door again, on the same port.
    pub async fn accept_connections(&self) -> io::Result<()> {
        let mut door = self.door.lock().await;
        if door.is_none() {
            let listener = TcpListener::bind(self.address).await?;
            *door = Some(Door::open(listener, exchange::answering(Arc::clone(&self.shared))));
        }
        Ok(())
    }

    /// Fails the next `times` requests that match `requests`: `POST /v1/payment_intents`, a `*`
    /// standing for any one segment (or method); `*` alone for any request.
    pub fn fail(&self, requests: &str, times: usize, fault: Fault) {
        self.shared.state().faults.add(requests, times, fault);
    }

    /// From now on nothing fails, whatever was planned.
    pub fn heal(&self) {
        self.shared.state().faults.heal();
    }

    /// Answers what is held, and holds nothing from now on.
    pub fn release(&self) {
        self.shared.released.cancel();
    }

    /// Forgets every idempotency key, as Stripe does a day later.
    pub fn forget_keys(&self) {
        self.shared.state().keys.forget();
    }

    /// Every request so far, also those that were cut or refused.
    pub fn requests(&self) -> Vec<StripeRequest> {
        self.shared.state().requests.clone()
    }

    /// The requests so far that match, as in [`Self::fail`].
    pub fn requests_to(&self, requests: &str) -> Vec<StripeRequest> {
        let all = self.requests().into_iter();
        all.filter(|request| stand_in::matches(requests, &request.method, &request.path))
            .collect()
    }

    /// Every payment intent with its latest charge, oldest first.
    pub fn intents(&self) -> Vec<Value> {
        self.shared.state_of_now().books.all_intents()
    }

    /// Every refund, oldest first.
    pub fn refunds(&self) -> Vec<Value> {
        self.shared.state_of_now().books.all_refunds()
    }

    /// Every customer that is not deleted, oldest first.
    pub fn customers(&self) -> Vec<Value> {
        self.shared.state_of_now().books.all_customers()
    }

    /// Every card that a customer has saved and still has, oldest first.
    pub fn saved_methods(&self) -> Vec<Value> {
        self.shared.state_of_now().books.all_methods()
    }

    /// A shopper's bank gives out another card in the place of a saved one, as Stripe hears from it.
    ///
    /// # Panics
    /// When there is no such card.
    pub fn replace_card(&self, method: &str, last_four: &str, expiry: (u32, i32)) {
        let now = self.shared.now();
        let mut state = self.shared.state_of_now();
        state.books.cause = None;
        state.books.replace_method(method, last_four, expiry, now);
    }

    /// Somebody detaches a saved card in Stripe's dashboard.
    ///
    /// # Panics
    /// When it is nobody's.
    pub fn detach_card(&self, method: &str) {
        let now = self.shared.now();
        let mut state = self.shared.state_of_now();
        state.books.cause = None;
        let detached = state.books.detach_method(method, now);
        assert!(detached.is_ok(), "a card that is kept");
    }

    /// Somebody deletes a customer in Stripe's dashboard.
    ///
    /// # Panics
    /// When there is no such customer.
    pub fn delete_customer(&self, customer: &str) {
        let now = self.shared.now();
        let mut state = self.shared.state_of_now();
        state.books.cause = None;
        let deleted = state.books.delete_customer(customer, now);
        assert!(deleted.is_ok(), "a customer who is there");
    }

    /// The shopper passes the second factor of an intent, or does not.
    ///
    /// # Panics
    /// When it does not wait for one.
    pub fn authenticate(&self, intent: &str, passed: bool) {
        let now = self.shared.now();
        self.shared.state_of_now().books.authenticate(intent, passed, now);
    }

    /// The shopper's browser, which holds the secret of an intent, confirms it with a good card after
    /// another was declined. Gives whether that could be done.
    ///
    /// # Panics
    /// When there is no such intent.
    pub fn confirm_again(&self, intent: &str) -> bool {
        let now = self.shared.now();
        self.shared.state_of_now().books.confirm_again(intent, now)
    }

    /// From now on its lists of intents begin with the oldest.
    pub fn list_oldest_first(&self) {
        self.shared.state().books.oldest_first = true;
    }

    /// The newest refund is of another amount than was asked for.
    ///
    /// # Panics
    /// When there is none.
    pub fn alter_refund(&self, amount: i64) {
        let mut state = self.shared.state();
        let newest = state.books.refunds.last_mut();
        newest.expect("a refund that can be altered").amount = amount;
    }

    /// An intent that is processing comes to its end.
    ///
    /// # Panics
    /// When it is not processing.
    pub fn finish_processing(&self, intent: &str, succeeded: bool) {
        let now = self.shared.now();
        self.shared
            .state_of_now()
            .books
            .finish_processing(intent, succeeded, now);
    }

    /// The shopper disputes a charge at their bank.
    ///
    /// # Panics
    /// When the intent has no charge.
    pub fn dispute(&self, intent: &str) {
        let now = self.shared.now();
        self.shared.state_of_now().books.dispute(intent, now);
    }

    /// Every event so far, in the order in which they came about.
    pub fn events(&self) -> Vec<Value> {
        self.shared.state_of_now().books.events.clone()
    }

    /// The events since this was last asked.
    pub fn take_events(&self) -> Vec<Value> {
        let mut state = self.shared.state_of_now();
        let fresh = state.books.events[state.events_taken..].to_vec();
        state.events_taken = state.books.events.len();
        fresh
    }

    /// The signature that Stripe would send with this body now.
    pub fn signature_of(&self, body: &str) -> String {
        sign(Self::WEBHOOK_SECRET, body, self.shared.now())
    }

    /// Delivers an event to a shop's webhook path, and answers the status.
    pub async fn deliver(&self, shop: &str, event: &Value) -> reqwest::Result<reqwest::StatusCode> {
        let body = event.to_string();
        let request = crate::client::http()
            .post(format!("{shop}/webhooks/stripe"))
            .header("content-type", "application/json; charset=utf-8")
            .header(SIGNATURE_HEADER, self.signature_of(&body));
        Ok(request.body(body).send().await?.status())
    }
}
