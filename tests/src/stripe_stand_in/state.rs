//! What the server knows, and by which clock.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use vitrine_commerce::ports::Clock;

use super::{books::Books, faults::Fault, keys::Keys};
use crate::stand_in::Faults;

/// The only key it takes.
pub(super) const KEY: &str = "sk_test_of_the_stand_in";

pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    pub(super) clock: Mutex<Arc<dyn Clock>>,
    /// Whether what is held is answered.
    pub(super) released: CancellationToken,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) books: Books,
    pub(super) keys: Keys,
    pub(super) faults: Faults<Fault>,
    pub(super) requests: Vec<StripeRequest>,
    /// How many events were handed out by `StripeStandIn::take_events`.
    pub(super) events_taken: usize,
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct StripeRequest {
    pub method: String,
    pub path: String,
    /// Its `Idempotency-Key`.
    pub key: Option<String>,
    /// Its `Stripe-Version`.
    pub version: Option<String>,
    /// Of query and form, by their names with brackets; the last of equal names.
    pub parameters: BTreeMap<String, String>,
    /// What was answered; `None` while it was not, or never.
    pub status: Option<u16>,
    /// Whether the answer was that of an earlier request with the same key.
    pub replayed: bool,
}

impl Shared {
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner).now()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// With everything done that time does by itself.
    pub(super) fn state_of_now(&self) -> MutexGuard<'_, State> {
        let now = self.now();
        let mut state = self.state();
        state.books.pass_time(now);
        state
    }
}
