//! The older system that a shop moves away from, while both run.

use async_trait::async_trait;
use vitrine_entity::legacy_order::LegacyRecord;

/// A request of a client that knows the older checkout alone, to be answered there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forwarded {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Below the older system's base address, with a slash before it: `/carts`.
    pub path: String,
    /// What opens an order: `?token=…`.
    pub token: Option<String>,
    pub idempotency_key: Option<String>,
    /// In JSON.
    pub body: Vec<u8>,
    pub correlation_id: String,
}

/// What was answered there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    /// In JSON, as the older system wrote it.
    pub body: Vec<u8>,
}

/// The older system.
#[async_trait]
pub trait LegacyShop: Send + Sync {
    /// Has it answer a client.
    ///
    /// # Errors
    /// When it gave no answer, or none in time: nobody knows what it has done.
    async fn forward(&self, request: &Forwarded) -> Result<Answered, LegacyError>;

    /// An order as it has it; `None` where it has none of the number.
    ///
    /// # Errors
    /// When it gave no answer, or one that cannot be read.
    async fn order(&self, number: &str) -> Result<Option<LegacyRecord>, LegacyError>;

    /// Makes an order there what it is here. The same twice is the same.
    ///
    /// # Errors
    /// When it gave no answer, or did not take it.
    async fn write(&self, order: &LegacyRecord, idempotency_key: &str) -> Result<(), LegacyError>;
}

/// Why the older system did not do it.
#[derive(Debug, thiserror::Error)]
pub enum LegacyError {
    #[error("the older system gives no answer: {0}")]
    Unavailable(String),
    /// Asked again, it says the same.
    #[error("the older system refused: {0}")]
    Refused(String),
}
