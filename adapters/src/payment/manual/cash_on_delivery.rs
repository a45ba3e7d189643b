//! Cash on delivery: the shopper's word is the authorization, and whoever delivers brings the
//! money.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    money::Currency,
    ports::payment::{
        Capture, Charge, ChargeLookup, ChargeState, PaymentOffer, PaymentProvider, ProviderCharge, ProviderError,
        ProviderEvent, ProviderRefund, Refund, RefundLookup, Settlement, StatementPage, Void, WebhookError,
    },
};

use super::{captured, opened, refunding, voided};

/// Takes cash at the door.
#[derive(Debug, Default)]
pub struct CashOnDeliveryProvider;

impl CashOnDeliveryProvider {
    pub fn new() -> Self {
        Self
    }
}

#[async_trait]
impl PaymentProvider for CashOnDeliveryProvider {
    fn name(&self) -> &'static str {
        "cash_on_delivery"
    }

    fn settlement(&self) -> Settlement {
        Settlement::ByStaff
    }

    fn offer(&self) -> PaymentOffer {
        PaymentOffer {
            title: "Cash on delivery".to_owned(),
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

    fn webhook(&self, _headers: &HashMap<String, String>, _body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        Err(WebhookError::Unexpected)
    }
}
