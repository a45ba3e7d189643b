//! A payment provider in our words. No provider's type crosses this port.
//!
//! Every call that moves money carries a key that commerce derived from its own row and wrote down
//! before the call: the same call with the same key never acts twice. What a provider is asked to
//! create, it records with our id of it, so that an unknown outcome can be looked up by that.

mod charge;
mod error;
mod event;
mod refund;
mod saved;
mod statement;

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use vitrine_entity::ids::PaymentId;

pub use self::{
    charge::{Capture, Charge, ChargeLookup, ChargeState, ProviderCharge, Void},
    error::ProviderError,
    event::{ProviderEvent, SavedSubject, Subject, WebhookError},
    refund::{ProviderRefund, Refund, RefundLookup, RefundState},
    saved::{NewCustomer, SavedMethod, SavedMethods},
    statement::{StatementCharge, StatementPage},
};
use crate::money::{Currency, Money};

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
