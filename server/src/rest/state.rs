//! What the handlers share.

use std::sync::Arc;

use tokio::sync::Semaphore;
use vitrine_commerce::Shop;
use vitrine_edge::{Drain, HttpSettings};

use super::retirement::Retirement;
use crate::graphql::shared::PublicUrl;

#[derive(Clone)]
pub(super) struct Rest {
    pub(super) shop: Shop,
    pub(super) settings: HttpSettings,
    pub(super) public_url: PublicUrl,
    pub(super) retirement: Retirement,
    pub(super) drain: Drain,
    pub(super) requests: Arc<Semaphore>,
    /// Files that may come at once.
    pub(super) uploads: Arc<Semaphore>,
}
