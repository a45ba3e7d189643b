//! What a provider's webhooks tell.

use vitrine_entity::ids::PaymentId;

use crate::money::Money;

/// What a webhook is about: our attempt, or the provider's id of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Payment(PaymentId),
    Reference(String),
}

/// What of all that is kept for customers a webhook is about, by the provider's id of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedSubject {
    /// A card.
    Method(String),
    /// A customer, with every card of theirs.
    Customer(String),
}

/// A webhook, verified and translated.
#[derive(Debug, Clone)]
pub enum ProviderEvent {
    /// A charge, or a refund of it, changed. The event is a hint: what is applied is the answer to
    /// a look-up.
    ChargeChanged {
        event_id: String,
        kind: String,
        subject: Subject,
        /// The provider's own id of the charge, where the event names it.
        reference: Option<String>,
        /// What was to be charged, where the event tells it.
        amount: Option<Money>,
        live: bool,
        /// Whether it tells that the money was taken, and of nothing that came after that.
        captured: bool,
    },
    /// Something that staff should know, such as a dispute, in a sentence.
    Notice {
        event_id: String,
        kind: String,
        subject: Subject,
        message: String,
    },
    /// A card that is kept, or for whom it is kept, changed, or is kept no more: by the bank, in the provider's dashboard, by
    /// ourselves. A hint, too.
    SavedChanged {
        event_id: String,
        kind: String,
        subject: SavedSubject,
    },
    /// Something that we do not follow: answered 2xx and ignored.
    Ignored { event_id: String, kind: String },
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
    /// Whoever knows whether it was signed does not answer: it should come again.
    #[error("the signature cannot be verified at present")]
    Unverified(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// This provider sends none.
    #[error("no webhooks are expected from this provider")]
    Unexpected,
}
