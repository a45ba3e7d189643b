//! Two books' records of a charge, in one form.

use sea_orm::{ActiveEnum, JsonValue};
use serde::{Deserialize, Serialize};
use serde_json::json;
use vitrine_entity::payment::{self, PaymentStatus};

use crate::{
    money::{Currency, Money},
    ports::payment::{ChargeState, ProviderCharge, StatementCharge},
};

/// One side's record of a charge, as findings keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The provider's id of it.
    pub reference: Option<String>,
    /// A [`PaymentStatus`] as the database writes it.
    status: String,
    pub currency: Currency,
    pub amount_minor: i64,
    pub captured_minor: i64,
    pub refunded_minor: i64,
    pub live: bool,
}

impl Record {
    pub(super) fn ours(payment: &payment::Model) -> JsonValue {
        json!(Self {
            reference: payment.provider_reference.clone(),
            status: payment.status.to_value(),
            currency: payment.currency,
            amount_minor: payment.amount_minor,
            captured_minor: payment.captured_minor,
            refunded_minor: payment.refunded_minor,
            live: payment.live,
        })
    }

    /// `None` when the row holds something else.
    pub fn read(json: &JsonValue) -> Option<Self> {
        Self::deserialize(json).ok()
    }

    /// Where it stands, in our words; `None` when the row holds something else.
    pub fn status(&self) -> Option<PaymentStatus> {
        PaymentStatus::try_from_value(&self.status).ok()
    }
}

/// The provider's record of a charge: of a page of its books, or looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProviderRecord {
    pub(super) reference: String,
    pub(super) state: ChargeState,
    pub(super) amount: Money,
    pub(super) captured_minor: i64,
    pub(super) refunded_minor: i64,
    pub(super) live: bool,
}

impl From<&StatementCharge> for ProviderRecord {
    fn from(charge: &StatementCharge) -> Self {
        Self {
            reference: charge.reference.clone(),
            state: charge.state.clone(),
            amount: charge.amount,
            captured_minor: charge.captured_minor,
            refunded_minor: charge.refunded_minor,
            live: charge.live,
        }
    }
}

impl From<&ProviderCharge> for ProviderRecord {
    fn from(charge: &ProviderCharge) -> Self {
        Self {
            reference: charge.reference.clone(),
            state: charge.state.clone(),
            amount: charge.amount,
            captured_minor: charge.captured_minor,
            refunded_minor: charge.refunded_minor,
            live: charge.live,
        }
    }
}

impl ProviderRecord {
    /// What our attempt would be called in this state.
    fn status(&self) -> PaymentStatus {
        match &self.state {
            ChargeState::Captured if self.is_spent() => PaymentStatus::Refunded,
            ChargeState::Captured => PaymentStatus::Captured,
            ChargeState::Authorized => PaymentStatus::Authorized,
            ChargeState::ActionRequired { .. } | ChargeState::Approved => PaymentStatus::ActionRequired,
            ChargeState::Declined { .. } => PaymentStatus::Declined,
            ChargeState::Pending => PaymentStatus::Pending,
            ChargeState::Voided => PaymentStatus::Voided,
        }
    }

    /// Whether nothing of the shopper's is in it, nor can come into it any more.
    pub(super) fn is_spent(&self) -> bool {
        match &self.state {
            ChargeState::Captured => self.refunded_minor >= self.captured_minor,
            ChargeState::Declined { .. } | ChargeState::Voided => true,
            ChargeState::Authorized
            | ChargeState::ActionRequired { .. }
            | ChargeState::Approved
            | ChargeState::Pending => false,
        }
    }

    pub(super) fn record(&self) -> JsonValue {
        json!(Record {
            reference: Some(self.reference.clone()),
            status: self.status().to_value(),
            currency: self.amount.currency,
            amount_minor: self.amount.minor,
            captured_minor: self.captured_minor,
            refunded_minor: self.refunded_minor,
            live: self.live,
        })
    }
}
