//! Stripe, by its payment intents: one intent for each of our attempts, which names the attempt in
//! its metadata, and the shop that made it: an account may be used by others, too.
//!
//! No SDK: of Stripe's types only the fields that are needed are read (`object.rs`), and values
//! that are not known yet are tolerated. The version of the API is pinned, so that Stripe answers
//! as it does today whatever it thinks of next.

mod amount;
mod books;
mod client;
mod fault;
mod form;
mod object;
mod saved;
#[cfg(test)]
mod testing;
mod translate;
mod webhook;

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    money::Currency,
    ports::{
        Clock, PaymentProvider,
        payment::{
            Capture, Charge, ChargeLookup, PaymentOffer, ProviderCharge, ProviderError, ProviderEvent, ProviderRefund,
            Refund, RefundLookup, SavedMethods, Settlement, StatementPage, Void, WebhookError,
        },
    },
};
use vitrine_entity::ids::{InstallationId, PaymentId};

use self::{client::Client, object::Intent};
use crate::{
    config::{Secret, Stripe},
    payment::{http::Unusable, signature},
};

/// The version of Stripe's API that this was written for.
pub const API_VERSION: &str = "2025-03-31.basil";

/// The header that carries a webhook's signature.
pub const SIGNATURE_HEADER: &str = "stripe-signature";

/// The provider.
pub struct StripeProvider {
    client: Client,
    clock: Arc<dyn Clock>,
    /// What this shop calls itself in an account that others may use, too.
    shop: String,
    webhook_secrets: Vec<Secret>,
    publishable_key: Option<String>,
    methods: Vec<String>,
    captures_in_parts: bool,
    is_live: bool,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StripeSetupError {
    #[error("there is no secret key")]
    KeyMissing,
    /// Without the key, which is a secret even if it is none.
    #[error("the secret key holds characters that no key has")]
    Key,
    #[error("`{0}` is no address of an API")]
    Address(String),
    #[error("the HTTP client cannot be made")]
    Http(#[from] reqwest::Error),
}

impl From<Unusable> for StripeSetupError {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::Address(address) => Self::Address(address),
            Unusable::Http(error) => Self::Http(error),
        }
    }
}

impl StripeProvider {
    /// Does not connect yet.
    ///
    /// # Errors
    /// When the key or the address can be none.
    pub fn new(settings: &Stripe, shop: InstallationId, clock: Arc<dyn Clock>) -> Result<Self, StripeSetupError> {
        let key = settings.secret_key.as_ref().ok_or(StripeSetupError::KeyMissing)?;
        Ok(Self {
            client: Client::new(settings, key)?,
            clock,
            shop: shop.to_string(),
            webhook_secrets: settings.webhook_secrets.clone(),
            publishable_key: settings.publishable_key.clone(),
            methods: settings.methods.clone(),
            captures_in_parts: settings.multicapture,
            is_live: settings.is_live(),
        })
    }
}

#[async_trait]
impl PaymentProvider for StripeProvider {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn settlement(&self) -> Settlement {
        Settlement::ByProvider
    }

    fn offer(&self) -> PaymentOffer {
        PaymentOffer {
            title: "Card".to_owned(),
            needs_token: true,
            publishable_key: self.publishable_key.clone(),
        }
    }

    fn is_live(&self) -> bool {
        self.is_live
    }

    fn step_minor(&self, currency: Currency) -> i64 {
        amount::step_minor(currency)
    }

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        Some(self)
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        let form = form::charge(charge, &self.shop, &self.methods, self.captures_in_parts)?;
        match self.client.post(&["payment_intents"], &form, &charge.key).await {
            Ok(answer) => Ok(self.charge_told(&answer.body, charge.payment, answer.request_id)?),
            Err(fault) => match fault.declined() {
                Some(declined) => Ok(translate::declined(declined, charge, self.is_live)?),
                // What is not there is the place where charges are made: the address is wrong.
                None if fault.is_not_found() && !fault.names_what_is_missing() => {
                    Err(ProviderError::Misconfigured(fault.to_string()))
                }
                None => Err(fault.into()),
            },
        }
    }

    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError> {
        let path = ["payment_intents", &capture.reference, "capture"];
        let answer = self.client.post(&path, &form::capture(capture)?, &capture.key).await?;
        Ok(self.charge_told(&answer.body, capture.payment, answer.request_id)?)
    }

    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError> {
        let path = ["payment_intents", &void.reference, "cancel"];
        let answer = self.client.post(&path, &form::void(), &void.key).await?;
        Ok(self.charge_told(&answer.body, void.payment, answer.request_id)?)
    }

    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError> {
        let form = form::refund(refund, &self.shop)?;
        let answer = self.client.post(&["refunds"], &form, &refund.key).await?;
        Ok(translate::refund(&answer.body, answer.request_id)?)
    }

    async fn find(&self, lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError> {
        let found = match &lookup.reference {
            Some(reference) => self.intent(reference).await?,
            None => self.intent_of(lookup).await?,
        };
        let told = found.map(|answer| self.charge_told(&answer.body, lookup.payment, answer.request_id));
        Ok(told.transpose()?)
    }

    async fn find_refund(&self, lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError> {
        let found = match &lookup.reference {
            Some(reference) => self.refund_by(reference).await?,
            None => self.refund_of(lookup).await?,
        };
        let told = found.map(|answer| translate::refund(&answer.body, answer.request_id));
        Ok(told.transpose()?)
    }

    async fn statement(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError> {
        Ok(self.page(since, until, cursor).await?)
    }

    async fn webhook(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        let secrets = self.webhook_secrets.iter().map(|secret| secret.expose().as_bytes());
        signature::verify(secrets, headers, SIGNATURE_HEADER, body, self.clock.now())?;
        webhook::translate(body, &self.shop)
    }
}

impl StripeProvider {
    fn charge_told(
        &self,
        intent: &Intent,
        asked_for: PaymentId,
        request_id: Option<String>,
    ) -> Result<ProviderCharge, fault::Fault> {
        translate::charge(intent, asked_for, self.publishable_key.as_deref(), request_id)
    }
}
