//! A payment provider in our words. No provider's type crosses this port.
//!
//! Every call that moves money carries a key that commerce derived from its own row and wrote down
//! before the call: the same call with the same key never acts twice. What a provider is asked to
//! create, it records with our id of it, so that an unknown outcome can be looked up by that.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::{PaymentId, ProviderCustomerId, RefundId};

use crate::money::{Currency, Money};

/// What to charge, and by which of our attempts.
#[derive(Debug, Clone)]
pub struct Charge {
    pub payment: PaymentId,
    pub key: String,
    /// The order's number, for the shopper's statement.
    pub order_number: String,
    pub amount: Money,
    /// At which rate the amount holds tax, in hundredths of a percent: of several rates the one that they come to together.
    pub tax_basis_points: i32,
    /// Of the bill, in ISO 3166-1's two letters.
    pub country: String,
    /// The shopper's language, as a tag: `de`, `fr-CH`.
    pub locale: String,
    /// The provider's token of the shopper's means of payment; empty where it takes none. Never a
    /// card number.
    pub method_token: String,
    /// Whether to capture at once; otherwise authorize only.
    pub capture: bool,
    /// Where the shopper comes back to after a step at their bank.
    pub return_url: String,
    /// The provider's id of the customer who has saved what `method_token` names, or for whom it is to be saved.
    pub customer: Option<String>,
    /// Whether the card is saved for that customer once it has paid.
    pub saves_method: bool,
    /// The provider's id of the charge that the shopper [has agreed to](ChargeState::Approved): it is this one that is
    /// to be taken, or held.
    pub approved: Option<String>,
}

/// How much to capture of an authorization.
#[derive(Debug, Clone)]
pub struct Capture {
    pub payment: PaymentId,
    pub reference: String,
    pub key: String,
    pub amount: Money,
    /// Whether what is not captured is released. Where not, more of it is captured later, if its record
    /// [tells](ProviderCharge::in_parts) that it may be.
    pub releases_rest: bool,
}

/// An authorization, or an attempt that waits for the shopper, to be given up.
#[derive(Debug, Clone)]
pub struct Void {
    pub payment: PaymentId,
    pub reference: String,
    pub key: String,
}

/// How much to pay back of what was captured.
#[derive(Debug, Clone)]
pub struct Refund {
    pub refund: RefundId,
    pub payment: PaymentId,
    /// The charge's.
    pub reference: String,
    pub key: String,
    pub amount: Money,
}

/// By what an attempt is looked up: the provider's own id of it where we know it, or else ours.
#[derive(Debug, Clone)]
pub struct ChargeLookup {
    pub payment: PaymentId,
    pub reference: Option<String>,
    /// No earlier than this was it first sent.
    pub sent_after: DateTime<Utc>,
    /// No later than this was it last sent, where that is known.
    pub sent_before: Option<DateTime<Utc>>,
}

/// By what a refund is looked up.
#[derive(Debug, Clone)]
pub struct RefundLookup {
    pub refund: RefundId,
    pub payment: PaymentId,
    /// The charge's.
    pub charge_reference: String,
    /// The refund's own, where we know it.
    pub reference: Option<String>,
}

/// What became of a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ChargeState {
    /// The money, or the part of it that was asked for, is ours.
    Captured,
    /// The money is held for us.
    Authorized,
    /// The shopper must act first; `client` is what their client needs for it.
    ActionRequired { client: serde_json::Value },
    /// The shopper has agreed to it, and it is taken or held only when we ask for it
    /// [again](Charge::approved). Until then nothing has moved, and nothing will.
    Approved,
    /// Declined for good, with a code for the shopper.
    Declined { code: String },
    /// The provider is still at it: a webhook or a look-up will tell.
    Pending,
    /// Given up before it was captured.
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
    /// What was paid back, and what is on its way.
    pub refunded_minor: i64,
    /// Whether real money moves.
    pub live: bool,
    /// When an authorization lapses.
    pub capture_before: Option<DateTime<Utc>>,
    /// Whether it is captured in parts, until one of them releases the rest. It tells
    /// [`Captured`](ChargeState::Captured) from the first on, with what was captured so far.
    pub in_parts: bool,
    /// What was saved for the shopper, if that was [asked for](Charge::saves_method) and the charge has gone through.
    pub saved: Option<SavedMethod>,
    /// The provider's id of the answer, by which its support finds it.
    pub request_id: Option<String>,
}

/// A card that a provider keeps for a customer: what the shopper tells it apart from others by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMethod {
    /// The provider's id of it: the `method_token` of charges of that customer.
    pub reference: String,
    /// In the provider's word: `visa`.
    pub brand: String,
    pub last_four: String,
    /// 1 to 12.
    pub expiry_month: i32,
    /// With its century.
    pub expiry_year: i32,
}

/// A customer of ours for whom a provider is to keep cards.
#[derive(Debug, Clone)]
pub struct NewCustomer {
    /// By what the provider knows them. Neither name nor mail address is told.
    pub customer: ProviderCustomerId,
    pub key: String,
}

/// What became of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RefundState {
    Succeeded,
    /// It is on its way: a webhook or a look-up will tell.
    Pending,
    /// It did not work, and will not by itself.
    Failed {
        reason: String,
    },
}

/// A provider's record of one of our refunds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRefund {
    /// The provider's id of it.
    pub reference: String,
    pub state: RefundState,
    pub amount: Money,
    pub request_id: Option<String>,
}

/// A charge in a provider's books, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementCharge {
    pub reference: String,
    /// Which of our attempts it names; `None` for what another system charged.
    pub payment: Option<PaymentId>,
    pub state: ChargeState,
    pub amount: Money,
    pub captured_minor: i64,
    pub refunded_minor: i64,
    pub live: bool,
    pub created_at: DateTime<Utc>,
}

/// A bounded part of a provider's books.
#[derive(Debug, Clone, Default)]
pub struct StatementPage {
    pub charges: Vec<StatementCharge>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

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

/// Who tells that the money has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// The provider does, and keeps books that ours can be compared with.
    ByProvider,
    /// Staff do, who see it arrive: in the till, or on the account. They pay back by hand, too.
    ByStaff,
}

/// How a provider is offered to shoppers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentOffer {
    /// As shoppers read it: `Card`, `Bank transfer`.
    pub title: String,
    /// Whether a charge needs a token that the provider's library in the browser makes.
    pub needs_token: bool,
    /// What that library is opened with. Not a secret.
    pub publishable_key: Option<String>,
}

/// Takes payment.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// Its name in configuration, rows and webhook paths.
    fn name(&self) -> &'static str;

    fn settlement(&self) -> Settlement;

    fn offer(&self) -> PaymentOffer;

    /// Whether real money moves.
    fn is_live(&self) -> bool;

    /// What it charges in this currency are multiples of so many minor units: 1 where it takes any amount.
    fn step_minor(&self, currency: Currency) -> i64;

    /// By what it knows a promise that staff settle, now that it is for another amount: such a provider has no memory but that. `None`
    /// where money is held, which no change of an order changes.
    fn promised(&self, _payment: PaymentId, _amount: Money) -> Option<String> {
        None
    }

    /// How it keeps cards for shoppers who come back; `None` where it keeps none.
    fn saved_methods(&self) -> Option<&dyn SavedMethods>;

    /// Charges or authorizes.
    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError>;

    /// Captures an authorization, wholly or in part: once, unless [its record](ProviderCharge::in_parts) tells that it is
    /// captured in parts.
    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError>;

    /// Gives up what is not captured yet: all of it, or, of what is captured in parts, the rest.
    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError>;

    /// Pays back.
    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError>;

    /// Looks up our attempt: the only way to learn an unknown outcome. `None` means that the
    /// provider never heard of it.
    async fn find(&self, lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError>;

    /// Looks up our refund, likewise.
    async fn find_refund(&self, lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError>;

    /// The charges that were made from `since` on and before `until`, a page at a time.
    async fn statement(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError>;

    /// Verifies the signature over the raw body, be it by asking the provider, and translates it.
    async fn webhook(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError>;
}

/// Keeps shoppers' cards, so that they need not be typed again: charged only while their shopper is there, who passes a
/// second factor where the bank asks for one.
#[async_trait]
pub trait SavedMethods: Send + Sync {
    /// Makes a customer for whom cards may be saved, and gives the provider's id of it. The same key gives the same one.
    async fn create_customer(&self, new: &NewCustomer) -> Result<String, ProviderError>;

    /// Whether the customer is there still.
    async fn has_customer(&self, reference: &str) -> Result<bool, ProviderError>;

    /// A card as it is kept now for this customer; `None` where it is kept for nobody, or for another.
    async fn find_method(&self, customer: &str, reference: &str) -> Result<Option<SavedMethod>, ProviderError>;

    /// Takes a card away from its customer: it can pay nothing any more. One that is gone stays so.
    async fn detach(&self, reference: &str) -> Result<(), ProviderError>;

    /// Deletes a customer with every card that is kept for them. One that is gone stays so.
    async fn delete_customer(&self, reference: &str) -> Result<(), ProviderError>;
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
    /// Nothing was done, and nothing is wrong with the provider or the request: its circuit is open,
    /// or our own limit was reached, or somebody else was at the same object.
    #[error("the payment provider is not called for {retry_after_seconds} s")]
    NotNow { retry_after_seconds: u64 },
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
    /// Whoever knows whether it was signed does not answer: it should come again.
    #[error("the signature cannot be verified at present")]
    Unverified(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// This provider sends none.
    #[error("no webhooks are expected from this provider")]
    Unexpected,
}
