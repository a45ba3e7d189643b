//! What the server knows, and by which clock.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use serde_json::Value;
use vitrine_commerce::ports::Clock;

use super::books::Books;
use crate::stand_in::Faults;

pub(super) const CLIENT_ID: &str = "client_of_the_stand_in";
pub(super) const CLIENT_SECRET: &str = "secret_of_the_stand_in";
pub(super) const WEBHOOK_ID: &str = "1JE4291016473214C";

/// How a request fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done, and the connection is cut without an answer.
    CutAfterActing,
    CutBeforeActing,
    /// It is done, and answered with 500.
    ErrorAfterActing,
    /// It is answered with 503 at the gate: nothing is done.
    ErrorBeforeActing,
    RateLimited,
    /// The app may not do this.
    Forbidden,
}

pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    pub(super) clock: Mutex<Arc<dyn Clock>>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) books: Books,
    /// What was made under a key, and by which request.
    pub(super) keys: HashMap<String, (String, Made)>,
    pub(super) faults: Faults<Fault>,
    pub(super) requests: Vec<PayPalRequest>,
    /// That work.
    pub(super) tokens: HashSet<String>,
    /// How many events were handed out by `PayPalStandIn::take_events`.
    pub(super) events_taken: usize,
}

/// What a request has made, or changed: repeated, it answers with what has become of that since.
#[derive(Debug, Clone)]
pub(super) enum Made {
    Order(String),
    Capture(String),
    Authorization(String),
    Refund(String),
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct PayPalRequest {
    pub method: String,
    pub path: String,
    /// Its `PayPal-Request-Id`.
    pub key: Option<String>,
    pub body: Value,
}

impl Shared {
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner).now()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
