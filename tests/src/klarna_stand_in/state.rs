//! What the server knows, and by which clock.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use serde_json::Value;
use vitrine_commerce::ports::Clock;

use super::books::Books;
use crate::stand_in::Faults;

pub(super) const USERNAME: &str = "PK00001_of_the_stand_in";
pub(super) const PASSWORD: &str = "password_of_the_stand_in";

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
    /// The user may not do this.
    Forbidden,
}

pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    pub(super) clock: Mutex<Arc<dyn Clock>>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) books: Books,
    /// What was answered under a key, and to which request.
    pub(super) keys: HashMap<String, (String, (u16, Value))>,
    pub(super) faults: Faults<Fault>,
    pub(super) requests: Vec<KlarnaRequest>,
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct KlarnaRequest {
    pub method: String,
    pub path: String,
    /// Its `Klarna-Idempotency-Key`.
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
