//! Klarna, by its hosted payment page and its order management. A session says what is to be paid, a page of Klarna's leads
//! the shopper through it, and when they agree Klarna itself places the order and holds its money (`PLACE_ORDER`): the page
//! leads to that order whoever has died meanwhile, so that there is no authorization of ours that could be lost or placed
//! twice. It is captured, at once or with the goods, by a call of ours under a key of its own, in as many parts as are sent.
//!
//! Each order names the shop and the attempt (`merchant_reference2`), and shows the order's number (`merchant_reference1`).

mod books;
mod client;
mod fault;
mod market;
mod object;
mod request;
mod session;
#[cfg(test)]
mod testing;
mod translate;
mod webhook;

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
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

use self::{
    client::{Answer, Client},
    fault::Fault,
    object::{Order, Refunded},
    session::{Known, ORDERS},
};
use crate::{
    config::Klarna,
    payment::{SetupError, names},
};

/// The provider.
pub struct KlarnaProvider {
    client: Client,
    clock: Arc<dyn Clock>,
    /// What this shop calls itself in an account that others may use, too.
    shop: String,
    /// Where Klarna tells what happens.
    webhook_url: String,
    is_live: bool,
}

impl KlarnaProvider {
    /// Does not connect yet. `public_url` is where Klarna reaches the shop.
    ///
    /// # Errors
    /// When a key is missing, or the address can be none.
    pub fn new(
        settings: &Klarna,
        public_url: &str,
        shop: InstallationId,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            client: Client::new(settings)?,
            clock,
            shop: shop.to_string(),
            webhook_url: format!("{public_url}/webhooks/klarna"),
            is_live: settings.is_live(),
        })
    }
}

#[async_trait]
impl PaymentProvider for KlarnaProvider {
    fn name(&self) -> &'static str {
        "klarna"
    }

    fn settlement(&self) -> Settlement {
        Settlement::ByProvider
    }

    fn offer(&self) -> PaymentOffer {
        PaymentOffer {
            title: "Klarna".to_owned(),
            needs_token: false,
            publishable_key: None,
        }
    }

    fn is_live(&self) -> bool {
        self.is_live
    }

    fn step_minor(&self, _currency: Currency) -> i64 {
        1
    }

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        None
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        let Some(reference) = &charge.approved else {
            return self.open(charge).await;
        };
        // Klarna holds the money as soon as the shopper agrees: nothing is to be asked for once more.
        let found = self.standing(reference, charge.payment).await?;
        Ok(found.ok_or_else(|| Fault::Impossible(format!("there is no order `{reference}`")))?)
    }

    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError> {
        let order = self.ordered(&capture.reference).await?.body;
        if capture.amount.currency.code() != order.purchase_currency {
            let (amount, currency) = (capture.amount, &order.purchase_currency);
            return Err(Fault::Impossible(format!("{amount} is no part of an order in {currency}")).into());
        }
        let id = order.order_id.as_str();
        self.act(id, "captures", &request::capture(capture)?, &capture.key)
            .await?;
        let seen = self.order_after(id).await?;
        if !capture.releases_rest || !seen.body.is_held() {
            return Ok(self.told(&seen, capture.payment)?);
        }
        let released = self.release(id, &format!("{}:release", capture.key)).await;
        // The money is ours by now, whatever has become of the rest.
        released.map_err(|fault| Fault::Unseen(Box::new(fault)))?;
        Ok(self.seen(id, capture.payment).await?)
    }

    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError> {
        let known = self.known(&void.reference).await?;
        let order = match known.ok_or_else(|| Fault::Impossible(format!("there is no `{}`", void.reference)))? {
            Known::Ordered(order) => order,
            Known::Waiting(mut waiting) => match self.close(&waiting).await? {
                // They have agreed just now.
                Some(order) => order,
                None => {
                    waiting.page.status = "DISABLED".to_owned();
                    return Ok(translate::waiting(&waiting, void.payment, self.is_live)?);
                }
            },
        };
        self.give_up(&order, void).await
    }

    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError> {
        let order = self.ordered(&refund.reference).await?.body;
        let asked = request::refund(refund, &self.shop)?;
        self.act(&order.order_id, "refunds", &asked, &refund.key).await?;
        let seen = self.order_after(&order.order_id).await?;
        let ours = names::refund(&self.shop, refund.payment, refund.refund);
        let found = refund_of(&seen, |told| told.reference.as_deref() == Some(ours.as_str()))?;
        Ok(found.ok_or_else(|| Fault::Nonsense(format!("`{ours}` was paid back, and is not there")))?)
    }

    async fn find(&self, lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError> {
        // Whose page's address nobody was told, nobody can have agreed to.
        let Some(reference) = &lookup.reference else {
            return Ok(None);
        };
        Ok(self.standing(reference, lookup.payment).await?)
    }

    async fn find_refund(&self, lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError> {
        let Some(Known::Ordered(order)) = self.known(&lookup.charge_reference).await? else {
            return Ok(None);
        };
        let ours = names::refund(&self.shop, lookup.payment, lookup.refund);
        let is_it = |told: &Refunded| match (&lookup.reference, &told.refund_id) {
            (Some(theirs), Some(id)) => theirs == id,
            _ => told.reference.as_deref() == Some(ours.as_str()),
        };
        Ok(refund_of(&order, is_it)?)
    }

    async fn statement(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError> {
        Ok(self.statement_page(since, until, cursor).await?)
    }

    async fn webhook(&self, _headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        self.followed(&webhook::Hint::read(body)?).await
    }
}

impl KlarnaProvider {
    /// Where an attempt stands. Whoever did not agree is told so for good: Klarna might let them come back to the same page,
    /// and another attempt may open now.
    async fn standing(&self, reference: &str, payment: PaymentId) -> Result<Option<ProviderCharge>, Fault> {
        let waiting = match self.known(reference).await? {
            None => return Ok(None),
            Some(Known::Ordered(order)) => return Ok(Some(self.told(&order, payment)?)),
            Some(Known::Waiting(waiting)) => waiting,
        };
        if waiting.page.has_failed()
            && let Some(order) = self.close(&waiting).await?
        {
            return Ok(Some(self.told(&order, payment)?));
        }
        Ok(Some(translate::waiting(&waiting, payment, self.is_live)?))
    }

    /// Gives up what is not captured of an order; of one that was given up before, there is nothing to do.
    async fn give_up(&self, order: &Answer<Order>, void: &Void) -> Result<ProviderCharge, ProviderError> {
        let (id, told) = (order.body.order_id.as_str(), self.told(order, void.payment)?);
        match order.body.status.as_str() {
            "CANCELLED" | "EXPIRED" | "CLOSED" if order.body.captured_amount == 0 => return Ok(told),
            "AUTHORIZED" => self.act(id, "cancel", &json!({}), &void.key).await?,
            "PART_CAPTURED" => self.release(id, &void.key).await?,
            status => return Err(ProviderError::Rejected(format!("it is past being given up: {status}"))),
        }
        Ok(self.seen(id, void.payment).await?)
    }

    async fn release(&self, id: &str, key: &str) -> Result<(), Fault> {
        self.act(id, "release-remaining-authorization", &json!({}), key).await
    }

    /// Has something done with an order; what has become of it is read then.
    async fn act(&self, id: &str, what: &str, asked: &Value, key: &str) -> Result<(), Fault> {
        let [root, version, kind] = ORDERS;
        let path = [root, version, kind, id, what];
        self.client.post::<Value>(&path, asked, key).await?;
        Ok(())
    }
}

fn refund_of(order: &Answer<Order>, is_it: impl Fn(&Refunded) -> bool) -> Result<Option<ProviderRefund>, Fault> {
    let found = order.body.refunds.iter().find(|told| is_it(told));
    let told = found.map(|refund| translate::refund(refund, &order.body, order.request_id.clone()));
    told.transpose()
}
