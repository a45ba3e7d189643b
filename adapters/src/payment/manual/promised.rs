//! What is paid later: the shopper's word is the authorization. Whoever delivers brings the money, or a company owes it until
//! it has paid.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    companies::account,
    money::{Currency, Money},
    ports::payment::{
        Capture, Charge, ChargeLookup, ChargeState, PaymentOffer, PaymentProvider, ProviderCharge, ProviderError,
        ProviderEvent, ProviderRefund, Refund, RefundLookup, SavedMethods, Settlement, StatementPage, Void,
        WebhookError,
    },
};

use vitrine_entity::ids::PaymentId;

use super::{captured, opened, reference, refunding, voided};

/// Takes the shopper's word.
#[derive(Debug)]
pub struct PromisedProvider {
    name: &'static str,
    title: &'static str,
}

impl PromisedProvider {
    /// Takes cash at the door.
    pub fn cash_on_delivery() -> Self {
        Self {
            name: "cash_on_delivery",
            title: "Cash on delivery",
        }
    }

    /// Lets companies owe it that may.
    pub fn on_account() -> Self {
        Self {
            name: account::METHOD,
            title: "On account",
        }
    }
}

#[async_trait]
impl PaymentProvider for PromisedProvider {
    fn name(&self) -> &'static str {
        self.name
    }

    fn settlement(&self) -> Settlement {
        Settlement::ByStaff
    }

    fn offer(&self) -> PaymentOffer {
        PaymentOffer {
            title: self.title.to_owned(),
            needs_token: false,
            publishable_key: None,
        }
    }

    fn is_live(&self) -> bool {
        true
    }

    fn step_minor(&self, _: Currency) -> i64 {
        1
    }

    fn promised(&self, payment: PaymentId, amount: Money) -> Option<String> {
        Some(reference::write(payment, amount))
    }

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        None
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        opened(charge.payment, charge.amount, ChargeState::Authorized)
    }

    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError> {
        captured(capture)
    }

    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError> {
        voided(void)
    }

    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError> {
        refunding(refund)
    }

    async fn find(&self, _lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError> {
        Ok(None)
    }

    async fn find_refund(&self, _lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError> {
        Ok(None)
    }

    async fn statement(
        &self,
        _since: DateTime<Utc>,
        _until: DateTime<Utc>,
        _cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError> {
        Ok(StatementPage::default())
    }

    async fn webhook(&self, _headers: &HashMap<String, String>, _body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        Err(WebhookError::Unexpected)
    }
}
