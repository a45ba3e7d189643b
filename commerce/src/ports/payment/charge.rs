//! Charges: what a provider is asked for, and what it tells of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::PaymentId;

use super::saved::SavedMethod;
use crate::money::Money;

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
