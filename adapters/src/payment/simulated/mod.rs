//! A payment provider that takes no money, and remembers everything: what it was asked, by which
//! idempotency key, what it charged, and which webhooks it owes. It keeps the rules that a real
//! one keeps, and misbehaves as real ones do, by the token that pays (see `token.rs`).
//!
//! Its memory is in tables that only this module reads, through a connection of its own: it is
//! another company's database, which merely happens to be where servers and workers find it.

mod answer;
mod books;
mod calls;
mod charges;
mod delivery;
mod event;
mod forget;
mod own;
mod refunds;
mod requests;
mod saved;
mod statement;
mod time;
mod token;
mod verbs;
mod webhook;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock, atomic::AtomicU64},
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseConnection;
use vitrine_commerce::{
    money::Currency,
    ports::{
        Clock, IdSource, PaymentProvider,
        payment::{
            Capture, Charge, ChargeLookup, PaymentOffer, ProviderCharge, ProviderError, ProviderEvent, ProviderRefund,
            Refund, RefundLookup, SavedMethods, Settlement, StatementPage, Void, WebhookError,
        },
    },
    write_turns::WriteTurns,
};

use books::Later;
use calls::Call;
pub use delivery::{SignedWebhook, deliver_over_http};
use requests::Request;
use token::Behaviour;

/// The header that carries a webhook's signature: `t=<unix seconds>,v1=<HMAC-SHA-256 in hex>`.
pub const SIGNATURE_HEADER: &str = "vitrine-simulated-signature";

/// How the provider is run.
#[derive(Clone)]
pub struct SimulatedSettings {
    /// Where the second factor is asked for.
    pub public_url: String,
    /// How long `tok_slow` takes, and `tok_webhook_early` to answer.
    pub slow: Duration,
    /// How long `tok_pending` stays undecided, and a refund of `tok_refund_pending` on its way.
    pub pending: TimeDelta,
    /// How long it remembers idempotency keys: a request with a forgotten one acts again.
    pub key_hours: u32,
    pub webhook_secret: Vec<u8>,
}

/// The provider.
pub struct SimulatedProvider {
    db: DatabaseConnection,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    settings: SimulatedSettings,
    /// Webhooks written down so far: those of one instant go out in the order in which they came about.
    webhooks: AtomicU64,
    /// In which order it writes, where a shop in the same process writes to the same SQLite.
    turns: OnceLock<WriteTurns>,
}

impl SimulatedProvider {
    /// Waits with those who write from now on.
    pub fn take_turns(&self, turns: WriteTurns) {
        let _ = self.turns.set(turns);
    }

    pub fn new(
        db: DatabaseConnection,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        settings: SimulatedSettings,
    ) -> Self {
        Self {
            db,
            clock,
            ids,
            settings,
            webhooks: AtomicU64::new(0),
            turns: OnceLock::new(),
        }
    }
}

#[async_trait]
impl PaymentProvider for SimulatedProvider {
    fn name(&self) -> &'static str {
        "simulated"
    }

    fn settlement(&self) -> Settlement {
        Settlement::ByProvider
    }

    fn offer(&self) -> PaymentOffer {
        PaymentOffer {
            title: "Card".to_owned(),
            needs_token: true,
            publishable_key: None,
        }
    }

    fn is_live(&self) -> bool {
        false
    }

    fn step_minor(&self, _: Currency) -> i64 {
        1
    }

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        Some(self)
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        let request = Request::charge(charge);
        let charge = &self.with_saved_method(charge).await?;
        let behaviour = Behaviour::of(&charge.method_token);
        let open = |later: &Later| self.open(later, charge, &behaviour);
        if let Some(answer) = self.call_at_once(&request, behaviour.charge, open).await? {
            return self.charge_answer(&answer.record, Some(answer.request_id));
        }
        let answer = match self.begin_call(&request, behaviour.charge).await? {
            Call::Repeated(answer) => answer,
            Call::New(tx) => {
                let row = self.open(&tx.later, charge, &behaviour)?;
                self.end_call(tx, &request, behaviour.charge, row).await?
            }
        };
        self.charge_answer(&answer.record, Some(answer.request_id))
    }

    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError> {
        let mishap = self.behaviour_of(&capture.reference).await?.capture;
        let request = Request::capture(capture);
        let answer = match self.begin_call(&request, mishap).await? {
            Call::Repeated(answer) => answer,
            Call::New(tx) => {
                let changed = charges::capture(&*tx, capture, self.clock.now()).await?;
                let row = self.changed(&tx, &capture.reference, changed, "captured").await?;
                self.end_call(tx, &request, mishap, row).await?
            }
        };
        self.charge_answer(&answer.record, Some(answer.request_id))
    }

    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError> {
        let mishap = self.behaviour_of(&void.reference).await?.void;
        let request = Request::void(void);
        let answer = match self.begin_call(&request, mishap).await? {
            Call::Repeated(answer) => answer,
            Call::New(tx) => {
                let changed = charges::void(&*tx, void).await?;
                let row = self.changed(&tx, &void.reference, changed, "voided").await?;
                self.end_call(tx, &request, mishap, row).await?
            }
        };
        self.charge_answer(&answer.record, Some(answer.request_id))
    }

    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError> {
        let behaviour = self.behaviour_of(&refund.reference).await?;
        let request = Request::refund(refund);
        let answer = match self.begin_call(&request, behaviour.refund).await? {
            Call::Repeated(answer) => answer,
            Call::New(tx) => {
                let row = self.pay_back(&tx, refund, &behaviour).await?;
                self.end_call(tx, &request, behaviour.refund, row).await?
            }
        };
        answer::refund_answer(&answer.record, Some(answer.request_id))
    }

    async fn find(&self, lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError> {
        let row = self.find_charge(lookup).await?;
        row.map(|row| self.charge_answer(&row, Some(self.request_id())))
            .transpose()
    }

    async fn find_refund(&self, lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError> {
        let row = self.find_refund_of(lookup).await?;
        row.map(|row| answer::refund_answer(&row, Some(self.request_id())))
            .transpose()
    }

    async fn statement(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError> {
        self.page(since, until, cursor).await
    }

    async fn webhook(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        webhook::verify(&self.settings.webhook_secret, headers, body, self.clock.now())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unknown(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ProviderError {
    ProviderError::Unknown(error.into())
}
