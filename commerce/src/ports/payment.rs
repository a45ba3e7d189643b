//! A payment provider in our words. No provider's type crosses this port.

use std::collections::HashMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::{PaymentId, RefundId};

use crate::money::Money;

/// What to charge, and by which of our attempts.
#[derive(Debug, Clone)]
pub struct Charge {
    /// Our attempt. Every provider call that creates something derives its idempotency key from
    /// our own row, so a repetition can never create twice.
    pub payment: PaymentId,
    /// The order's number, for the shopper's statement.
    pub order_number: String,
    pub amount: Money,
    /// The provider's token of the shopper's means of payment. Never a card number.
    pub method_token: String,
    /// Whether to capture at once; otherwise authorize only.
    pub capture: bool,
}

/// What became of a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ChargeState {
    /// The money is ours.
    Captured,
    /// The money is held for us.
    Authorized,
    /// The shopper must act first; `client` is what their client needs for it.
    ActionRequired { client: serde_json::Value },
    /// Declined for good, with a code for the shopper.
    Declined { code: String },
    /// The provider is still at it: a webhook or a look-up will tell.
    Pending,
    /// Cancelled before it was captured.
    Voided,
}

/// A provider's record of one of our attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderCharge {
    /// The provider's id of it.
    pub reference: String,
    /// Which of our attempts it belongs to, as the provider recorded it.
    pub payment: PaymentId,
    pub state: ChargeState,
    pub amount: Money,
    pub captured_minor: i64,
    pub refunded_minor: i64,
}

/// A webhook, verified and translated.
#[derive(Debug, Clone)]
pub enum ProviderEvent {
    /// A charge changed. The event is a hint: what is applied is [`PaymentProvider::find`]'s answer.
    ChargeChanged {
        event_id: String,
        kind: String,
        payment: PaymentId,
        amount: Money,
    },
    /// Something that we do not follow: answered 2xx and ignored.
    Ignored { event_id: String, kind: String },
}

/// Takes payment.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// Its name in configuration, rows and webhook paths.
    fn name(&self) -> &'static str;

    /// Charges or authorizes. Repeating it with the same [`Charge::payment`] repeats the answer.
    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError>;

    /// Captures `amount_minor` of an authorization.
    async fn capture(
        &self,
        reference: &str,
        payment: PaymentId,
        amount_minor: i64,
    ) -> Result<ProviderCharge, ProviderError>;

    /// Gives up an authorization, or an attempt that waits for the shopper.
    async fn void(&self, reference: &str, payment: PaymentId) -> Result<ProviderCharge, ProviderError>;

    /// Pays back `amount_minor` of what was captured, once for each `refund`.
    async fn refund(
        &self,
        reference: &str,
        refund: RefundId,
        amount_minor: i64,
    ) -> Result<ProviderCharge, ProviderError>;

    /// Looks up our attempt: the only way to learn an unknown outcome. `None` means that the
    /// provider never heard of it.
    async fn find(&self, payment: PaymentId) -> Result<Option<ProviderCharge>, ProviderError>;

    /// Verifies the signature over the raw body and translates it.
    fn webhook(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError>;
}

/// Why the provider gave no outcome.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It was certainly not done, and may work later.
    #[error("the payment provider is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It may or may not have been done: a time-out, a cut connection, a 5xx. Never *failed*.
    #[error("the outcome of the call to the payment provider is unknown")]
    Unknown(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Slow down.
    #[error("the payment provider limits the rate; again in {retry_after_seconds} s")]
    RateLimited { retry_after_seconds: u64 },
    /// The request can never succeed as it stands.
    #[error("the payment provider refused the request: {0}")]
    Rejected(String),
    /// Keys or settings are wrong: a person must act.
    #[error("the payment provider is misconfigured: {0}")]
    Misconfigured(String),
}

/// Why a webhook was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    #[error("the signature is missing or wrong")]
    Signature,
    #[error("the timestamp is too old or in the future")]
    Timestamp,
    #[error("the body cannot be read: {0}")]
    Malformed(String),
}
