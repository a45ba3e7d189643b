//! Refunds: what a provider is asked to pay back, and what it tells of that.

use serde::{Deserialize, Serialize};
use vitrine_entity::ids::{PaymentId, RefundId};

use crate::money::Money;

/// How much to pay back of what was captured.
#[derive(Debug, Clone)]
pub struct Refund {
    pub refund: RefundId,
    pub payment: PaymentId,
    /// The charge's.
    pub reference: String,
    pub key: String,
    pub amount: Money,
}

/// By what a refund is looked up.
#[derive(Debug, Clone)]
pub struct RefundLookup {
    pub refund: RefundId,
    pub payment: PaymentId,
    /// The charge's.
    pub charge_reference: String,
    /// The refund's own, where we know it.
    pub reference: Option<String>,
}

/// What became of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RefundState {
    Succeeded,
    /// It is on its way: a webhook or a look-up will tell.
    Pending,
    /// It did not work, and will not by itself.
    Failed {
        reason: String,
    },
}

/// A provider's record of one of our refunds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRefund {
    /// The provider's id of it.
    pub reference: String,
    pub state: RefundState,
    pub amount: Money,
    pub request_id: Option<String>,
}
