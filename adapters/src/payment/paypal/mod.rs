//! PayPal, by its orders: one for each of our attempts, which names the shop and the attempt (`../names.rs`). The shopper
//! agrees to it on PayPal's pages, and only then, and by a second call of ours that names the order, is its money taken or
//! held. An order whose id no answer has told us can therefore hold no money, and needs no search.
//!
//! As with Stripe there is no SDK: of PayPal's types only the fields that are needed are read (`object.rs`), and values that
//! are not known yet are tolerated.

mod amount;
mod books;
mod client;
mod error;
mod fault;
mod object;
mod request;
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
            Capture, Charge, ChargeLookup, ChargeState, PaymentOffer, ProviderCharge, ProviderError, ProviderEvent,
            ProviderRefund, Refund, RefundLookup, SavedMethods, Settlement, StatementPage, Void, WebhookError,
        },
    },
};
use vitrine_entity::ids::{InstallationId, PaymentId};

use self::{
    client::{Answer, Client},
    fault::Fault,
    object::{Order, Refunded},
};
use crate::{
    config::PayPal,
    payment::{SetupError, names},
};

/// The provider.
pub struct PayPalProvider {
    client: Client,
    /// What this shop calls itself in an account that others may use, too.
    shop: String,
    webhook_id: Option<String>,
    is_live: bool,
}

impl PayPalProvider {
    /// Does not connect yet.
    ///
    /// # Errors
    /// When a key is missing, or the address can be none.
    pub fn new(settings: &PayPal, shop: InstallationId, clock: Arc<dyn Clock>) -> Result<Self, SetupError> {
        Ok(Self {
            client: Client::new(settings, clock)?,
            shop: shop.to_string(),
            webhook_id: settings.webhook_id.clone(),
            is_live: settings.is_live(),
        })
    }
}

#[async_trait]
impl PaymentProvider for PayPalProvider {
    fn name(&self) -> &'static str {
        "paypal"
    }

    fn settlement(&self) -> Settlement {
        Settlement::ByProvider
    }

    fn offer(&self) -> PaymentOffer {
        PaymentOffer {
            title: "PayPal".to_owned(),
            needs_token: false,
            publishable_key: None,
        }
    }

    fn is_live(&self) -> bool {
        self.is_live
    }

    fn step_minor(&self, currency: Currency) -> i64 {
        amount::step_minor(currency)
    }

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        None
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        match &charge.approved {
            Some(order) => self.take(charge, order).await,
            None => self.open(charge).await,
        }
    }

    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError> {
        let (order, held) = self.found(&capture.reference, capture.payment).await?;
        let authorization = order.authorization();
        let authorization = authorization.ok_or_else(|| Fault::Impossible("nothing is held of it".to_owned()))?;
        // PayPal would take some more than is held.
        if capture.amount.currency != held.amount.currency || capture.amount.minor > held.amount.minor {
            return Err(Fault::Impossible(format!("{} is not a part of {}", capture.amount, held.amount)).into());
        }
        let path = ["v2", "payments", "authorizations", &authorization.id, "capture"];
        let asked = request::capture(capture)?;
        self.client
            .post::<serde_json::Value>(&path, &asked, &capture.key)
            .await?;
        self.seen(&capture.reference, capture.payment).await
    }

    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError> {
        let (order, told) = self.found(&void.reference, void.payment).await?;
        if let Some(authorization) = order.authorization() {
            let path = ["v2", "payments", "authorizations", &authorization.id, "void"];
            let asked = serde_json::json!({});
            self.client.post::<serde_json::Value>(&path, &asked, &void.key).await?;
            return self.seen(&void.reference, void.payment).await;
        }
        match told.state {
            // Nothing is taken of it while we do not ask for it, which nobody does any more: PayPal needs not be told, and
            // has no call for it.
            ChargeState::ActionRequired { .. } | ChargeState::Approved | ChargeState::Voided => Ok(ProviderCharge {
                state: ChargeState::Voided,
                ..told
            }),
            state => Err(ProviderError::Rejected(format!("it is past being given up: {state:?}"))),
        }
    }

    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError> {
        let (order, _) = self.found(&refund.reference, refund.payment).await?;
        let capture = order.captures().iter().find(|capture| capture.is_ours());
        let capture = capture.ok_or_else(|| Fault::Impossible("nothing was taken of it".to_owned()))?;
        let path = ["v2", "payments", "captures", &capture.id, "refund"];
        let asked = request::refund(refund, &self.shop)?;
        let answer = self.client.post(&path, &asked, &refund.key).await?;
        Ok(translate::refund(&answer.body, answer.request_id)?)
    }

    async fn find(&self, lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError> {
        // Without its id there may be an order, but no money: that is taken by its id alone.
        let Some(reference) = &lookup.reference else {
            return Ok(None);
        };
        let found = self.order(reference).await?;
        Ok(found.map(|answer| self.told(&answer, lookup.payment)).transpose()?)
    }

    async fn find_refund(&self, lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError> {
        if let Some(reference) = &lookup.reference {
            let path = ["v2", "payments", "refunds", reference.as_str()];
            let found = self.client.find::<Refunded>(&path).await?;
            let told = found.map(|answer| translate::refund(&answer.body, answer.request_id));
            return Ok(told.transpose()?);
        }
        let Some(answer) = self.order(&lookup.charge_reference).await? else {
            return Ok(None);
        };
        let is_named = |refund: &&Refunded| {
            let named = names::Named::of(refund.custom_id.as_deref(), &self.shop);
            named.and_then(|named| named.refund) == Some(lookup.refund)
        };
        // If there are several, rather one that did not fail.
        let named = answer.body.refunds().iter().filter(is_named);
        let found = named.min_by_key(|refund| refund.has_failed());
        let told = found.map(|refund| translate::refund(refund, answer.request_id.clone()));
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
        let event = webhook::Event::read(body)?;
        self.verify(headers, body).await?;
        event.translate(&self.shop, self.is_live)
    }
}

impl PayPalProvider {
    /// An order for the shopper to agree to.
    async fn open(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        if !amount::takes(charge.amount.currency) {
            // Nothing is wrong with the shop: its shopper pays otherwise.
            let why = ("currency_not_supported".to_owned(), None);
            return Ok(translate::declined(
                "",
                charge.payment,
                charge.amount,
                self.is_live,
                why,
            ));
        }
        let asked = request::order(charge, &self.shop)?;
        let path = ["v2", "checkout", "orders"];
        match self.client.post::<Order>(&path, &asked, &charge.key).await {
            Ok(answer) => Ok(self.told(&answer, charge.payment)?),
            // What is not there is the place where orders are made: the address is wrong.
            Err(fault) if fault.is_not_found() => Err(ProviderError::Misconfigured(fault.to_string())),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Takes, or holds, the money of an order that the shopper has agreed to.
    async fn take(&self, charge: &Charge, order: &str) -> Result<ProviderCharge, ProviderError> {
        let what = if charge.capture { "capture" } else { "authorize" };
        let path = ["v2", "checkout", "orders", order, what];
        let taken = self
            .client
            .post::<Order>(&path, &serde_json::json!({}), &charge.key)
            .await;
        match taken {
            Ok(answer) => Ok(self.told(&answer, charge.payment)?),
            Err(fault) if fault.is_of_state() => self.seen(order, charge.payment).await,
            Err(fault) => match fault.declined() {
                Some(why) => {
                    let (payment, amount) = (charge.payment, charge.amount);
                    Ok(translate::declined(order, payment, amount, self.is_live, why))
                }
                None => Err(fault.into()),
            },
        }
    }

    /// An order that something is to be done with.
    async fn found(&self, reference: &str, payment: PaymentId) -> Result<(Order, ProviderCharge), ProviderError> {
        let answer = self.order(reference).await?;
        let answer = answer.ok_or_else(|| Fault::Impossible(format!("there is no order `{reference}`")))?;
        let told = self.told(&answer, payment)?;
        Ok((answer.body, told))
    }

    /// What has become of it, after something was done.
    async fn seen(&self, reference: &str, payment: PaymentId) -> Result<ProviderCharge, ProviderError> {
        let answer = self.order_after(reference).await?;
        Ok(self.told(&answer, payment)?)
    }

    fn told(&self, answer: &Answer<Order>, asked_for: PaymentId) -> Result<ProviderCharge, Fault> {
        translate::charge(&answer.body, asked_for, self.is_live, answer.request_id.clone())
    }
}
