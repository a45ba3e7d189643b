//! What the handlers share.

use std::sync::Arc;

use tokio::sync::Semaphore;
use vitrine_commerce::Shop;

use crate::edge::{Drain, HttpSettings};

#[derive(Clone)]
pub(super) struct Rest {
    pub(super) shop: Shop,
    pub(super) settings: HttpSettings,
    pub(super) drain: Drain,
    pub(super) requests: Arc<Semaphore>,
    /// Files that may come at once.
    pub(super) uploads: Arc<Semaphore>,
}
