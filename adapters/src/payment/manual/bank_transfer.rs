//! Bank transfer: the shopper is told where to pay, and staff see the money arrive on the account.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::json;
use vitrine_commerce::{
    money::Currency,
    ports::payment::{
        Capture, Charge, ChargeLookup, ChargeState, PaymentOffer, PaymentProvider, ProviderCharge, ProviderError,
        ProviderEvent, ProviderRefund, Refund, RefundLookup, SavedMethods, Settlement, StatementPage, Void,
        WebhookError,
    },
};

use super::{captured, opened, refunding, voided};

/// Waits for money on the shop's account.
#[derive(Debug)]
pub struct BankTransferProvider {
    instructions: String,
}

impl BankTransferProvider {
    /// `instructions` tell the shopper where to pay; `{number}` in them becomes the order's number,
    /// and `{amount}` the amount with its currency.
    pub fn new(instructions: String) -> Self {
        Self { instructions }
    }

    fn instructions_for(&self, charge: &Charge) -> String {
        self.instructions
            .replace("{number}", &charge.order_number)
            .replace("{amount}", &charge.amount.to_string())
    }
}

#[async_trait]
impl PaymentProvider for BankTransferProvider {
    fn name(&self) -> &'static str {
        "bank_transfer"
    }

    fn settlement(&self) -> Settlement {
        Settlement::ByStaff
    }

    fn offer(&self) -> PaymentOffer {
        PaymentOffer {
            title: "Bank transfer".to_owned(),
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

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        None
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        let client = json!({ "type": "instructions", "text": self.instructions_for(charge) });
        opened(charge.payment, charge.amount, ChargeState::ActionRequired { client })
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
