//! What the server knows.

use std::collections::{HashMap, HashSet};

use super::books::Books;
use crate::stand_in::Traffic;

pub(super) const CLIENT_ID: &str = "client_of_the_stand_in";
pub(super) const CLIENT_SECRET: &str = "secret_of_the_stand_in";
pub(super) const WEBHOOK_ID: &str = "1JE4291016473214C";

#[derive(Default)]
pub struct State {
    pub(super) books: Books,
    /// What was made under a key, and by which request.
    pub(super) keys: HashMap<String, (String, Made)>,
    pub(super) traffic: Traffic,
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
