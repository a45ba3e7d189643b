//! A payment provider that takes no money, and remembers everything: what it was asked, by which
//! idempotency key, what it charged, and which webhooks it owes. It keeps the rules that a real
//! one keeps, and misbehaves as real ones do, by the token that pays (see `token.rs`).
//!
//! Its memory is in tables that only this module reads, through a connection of its own: it is
//! another company's database, which merely happens to be where servers and workers find it.

mod delivery;
mod ledger;
mod steps;
mod token;
mod webhook;

use std::{
    collections::HashMap,
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use async_trait::async_trait;
use chrono::TimeDelta;
use sea_orm::DatabaseConnection;
use sha2::{Digest, Sha256};
use vitrine_commerce::ports::{
    Clock, IdSource, PaymentProvider,
    payment::{Charge, ProviderCharge, ProviderError, ProviderEvent, WebhookError},
};
use vitrine_entity::ids::{PaymentId, RefundId};

pub use delivery::{SignedWebhook, deliver_over_http};
use ledger::{Request, Status};
use token::Behaviour;

/// The header that carries a webhook's signature: `t=<unix seconds>,v1=<HMAC-SHA-256 in hex>`.
pub const SIGNATURE_HEADER: &str = "vitrine-simulated-signature";

/// How the provider is run.
#[derive(Clone)]
pub struct SimulatedSettings {
    /// Where the second factor is asked for.
    pub public_url: String,
    /// How long `tok_slow` takes.
    pub slow: Duration,
    /// How long `tok_pending` stays undecided.
    pub pending: TimeDelta,
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
}

#[async_trait]
impl PaymentProvider for SimulatedProvider {
    fn name(&self) -> &'static str {
        "simulated"
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        if charge.amount.minor <= 0 {
            return Err(ProviderError::Rejected("the amount is not positive".to_owned()));
        }
        let behaviour = Behaviour::of(&charge.method_token);
        let request = Request::charge(charge);
        if let Some(answer) = self.replay_charge(&request, &behaviour, charge.capture).await? {
            return Ok(answer);
        }
        if behaviour.is_slow {
            tokio::time::sleep(self.settings.slow).await;
        }
        self.stumble(charge.payment, &behaviour).await?;
        let tx = self.begin().await?;
        if !ledger::claim(&tx, &request, self.clock.now()).await? {
            // The same call came in twice at once, and the other one was faster.
            drop(tx);
            let answer = self.replay_charge(&request, &behaviour, charge.capture).await?;
            return answer.ok_or_else(|| unknown("a request vanished"));
        }
        let row = self.open(&tx, charge, &behaviour).await?;
        tx.commit().await.map_err(unknown)?;
        match behaviour.loses_answer {
            true => Err(unknown("the answer was lost on its way")),
            false => self.answer(&row),
        }
    }

    async fn capture(
        &self,
        reference: &str,
        payment: PaymentId,
        amount_minor: i64,
    ) -> Result<ProviderCharge, ProviderError> {
        let request = Request::new(format!("capture/{payment}"), payment, "capture", amount_minor);
        let tx = self.begin().await?;
        if self.is_repeated(&tx, &request).await? {
            return self.answer(&ledger::require(&tx, payment).await?);
        }
        let changed = ledger::capture(&tx, reference, payment, amount_minor).await?;
        self.conclude(tx, payment, changed, "captured").await
    }

    async fn void(&self, reference: &str, payment: PaymentId) -> Result<ProviderCharge, ProviderError> {
        let request = Request::new(format!("void/{payment}"), payment, "void", 0);
        let tx = self.begin().await?;
        if self.is_repeated(&tx, &request).await? {
            return self.answer(&ledger::require(&tx, payment).await?);
        }
        let changed = ledger::void(&tx, reference, payment).await?;
        self.conclude(tx, payment, changed, "voided").await
    }

    async fn refund(
        &self,
        reference: &str,
        refund: RefundId,
        amount_minor: i64,
    ) -> Result<ProviderCharge, ProviderError> {
        let tx = self.begin().await?;
        let Some(charge) = ledger::find_by_reference(&tx, reference).await? else {
            return Err(ProviderError::Rejected(format!("there is no charge `{reference}`")));
        };
        let payment = charge.payment()?;
        let request = Request::new(format!("refund/{refund}"), payment, "refund", amount_minor);
        if self.is_repeated(&tx, &request).await? {
            return self.answer(&charge);
        }
        let changed = ledger::refund(&tx, reference, amount_minor).await?;
        self.conclude(tx, payment, changed, "refunded").await
    }

    async fn find(&self, payment: PaymentId) -> Result<Option<ProviderCharge>, ProviderError> {
        self.settle_pending().await?;
        let row = ledger::find(&self.db, payment).await?;
        row.map(|row| self.answer(&row)).transpose()
    }

    fn webhook(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        webhook::verify(&self.settings.webhook_secret, headers, body, self.clock.now())
    }
}

/// What a real provider would do on pages and books of its own.
impl SimulatedProvider {
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
        }
    }

    /// The charge that a second factor is asked for.
    pub async fn find_by_reference(&self, reference: &str) -> Result<Option<ProviderCharge>, ProviderError> {
        let row = ledger::find_by_reference(&self.db, reference).await?;
        row.map(|row| self.answer(&row)).transpose()
    }

    /// The shopper has passed the second factor, or has not.
    ///
    /// # Errors
    /// When there is no such charge, or it does not wait for a shopper.
    pub async fn complete_second_factor(
        &self,
        reference: &str,
        approve: bool,
    ) -> Result<ProviderCharge, ProviderError> {
        let tx = self.begin().await?;
        let Some(charge) = ledger::find_by_reference(&tx, reference).await? else {
            return Err(ProviderError::Rejected(format!("there is no charge `{reference}`")));
        };
        let payment = charge.payment()?;
        let changed = match approve {
            true => ledger::approve(&tx, payment, Status::ActionRequired).await?,
            false => ledger::decline(&tx, payment, "authentication_failed").await?,
        };
        self.conclude(tx, payment, changed, "completed").await
    }

    /// Every charge, oldest first: the provider's side of a reconciliation.
    pub async fn ledger(&self) -> Result<Vec<ProviderCharge>, ProviderError> {
        self.settle_pending().await?;
        ledger::all(&self.db)
            .await?
            .iter()
            .map(|row| self.answer(row))
            .collect()
    }

    /// Decides what was pending for long enough.
    async fn settle_pending(&self) -> Result<(), ProviderError> {
        let before = self.clock.now() - self.settings.pending;
        for payment in ledger::pending_since(&self.db, before).await? {
            let tx = self.begin().await?;
            if ledger::approve(&tx, payment, Status::Pending).await? {
                let row = ledger::require(&tx, payment).await?;
                self.owe_webhooks(&tx, &row).await?;
                tx.commit().await.map_err(unknown)?;
            }
        }
        Ok(())
    }
}

impl Request {
    fn charge(charge: &Charge) -> Self {
        let operation = if charge.capture {
            "charge and capture"
        } else {
            "authorize"
        };
        let key = format!("charge/{}", charge.payment);
        let mut request = Self::new(key, charge.payment, operation, charge.amount.minor);
        let parameters = format!("{}/{}/{}", charge.method_token, charge.amount.currency, request.hash);
        request.hash = hex(&Sha256::digest(parameters));
        request
    }

    fn new(key: String, payment: PaymentId, operation: &'static str, amount_minor: i64) -> Self {
        let hash = hex(&Sha256::digest(format!("{operation}/{payment}/{amount_minor}")));
        Self {
            key,
            hash,
            payment,
            operation,
            amount_minor,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unknown(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ProviderError {
    ProviderError::Unknown(error.into())
}
