//! Of PayPal's objects what is needed, and no more: unknown fields and values pass.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::amount::Amount;

#[derive(Debug, Deserialize)]
pub(super) struct Token {
    pub(super) access_token: String,
    /// In seconds.
    pub(super) expires_in: i64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Order {
    pub(super) id: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) purchase_units: Vec<PurchaseUnit>,
    #[serde(default)]
    links: Vec<Link>,
}

impl Order {
    /// We ask for one alone.
    pub(super) fn unit(&self) -> Option<&PurchaseUnit> {
        self.purchase_units.first()
    }

    pub(super) fn captures(&self) -> &[Taken] {
        self.payments()
            .map(|payments| payments.captures.as_slice())
            .unwrap_or_default()
    }

    /// The newest is the one that counts.
    pub(super) fn authorization(&self) -> Option<&Taken> {
        self.payments()?.authorizations.last()
    }

    pub(super) fn refunds(&self) -> &[Refunded] {
        self.payments()
            .map(|payments| payments.refunds.as_slice())
            .unwrap_or_default()
    }

    /// Where the shopper agrees to it.
    pub(super) fn payer_action(&self) -> Option<&str> {
        let leads = |link: &&Link| matches!(link.rel.as_str(), "payer-action" | "approve");
        self.links.iter().find(leads).map(|link| link.href.as_str())
    }

    fn payments(&self) -> Option<&Payments> {
        self.unit()?.payments.as_ref()
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct PurchaseUnit {
    pub(super) amount: Option<Amount>,
    pub(super) custom_id: Option<String>,
    payments: Option<Payments>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Payments {
    authorizations: Vec<Taken>,
    captures: Vec<Taken>,
    refunds: Vec<Refunded>,
}

/// An authorization or a capture.
#[derive(Debug, Deserialize)]
pub(super) struct Taken {
    pub(super) id: String,
    #[serde(default)]
    pub(super) status: String,
    pub(super) amount: Option<Amount>,
    /// Until when an authorization holds.
    pub(super) expiration_time: Option<DateTime<Utc>>,
    #[serde(default)]
    supplementary_data: Supplementary,
}

impl Taken {
    /// Which order it belongs to, where it is told.
    pub(super) fn order(&self) -> Option<&str> {
        self.supplementary_data.related_ids.order_id.as_deref()
    }

    /// Whether its money is, or was, the shop's.
    pub(super) fn is_ours(&self) -> bool {
        matches!(self.status.as_str(), "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED")
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Supplementary {
    pub(super) related_ids: RelatedIds,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RelatedIds {
    pub(super) order_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Refunded {
    pub(super) id: String,
    #[serde(default)]
    pub(super) status: String,
    pub(super) amount: Option<Amount>,
    pub(super) custom_id: Option<String>,
    pub(super) status_details: Option<StatusDetails>,
}

impl Refunded {
    pub(super) fn has_failed(&self) -> bool {
        matches!(self.status.as_str(), "FAILED" | "CANCELLED")
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct StatusDetails {
    pub(super) reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Link {
    #[serde(default)]
    href: String,
    #[serde(default)]
    rel: String,
}

/// A page of the account's books.
#[derive(Debug, Deserialize)]
pub(super) struct Transactions {
    #[serde(default)]
    pub(super) transaction_details: Vec<Transaction>,
    #[serde(default)]
    pub(super) total_pages: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct Transaction {
    pub(super) transaction_info: TransactionInfo,
}

#[derive(Debug, Deserialize)]
pub(super) struct TransactionInfo {
    pub(super) transaction_id: String,
    #[serde(default)]
    pub(super) transaction_event_code: String,
    pub(super) transaction_initiation_date: String,
    pub(super) transaction_amount: Amount,
    pub(super) custom_field: Option<String>,
}

/// Whether a webhook is PayPal's.
#[derive(Debug, Deserialize)]
pub(super) struct Verification {
    #[serde(default)]
    pub(super) verification_status: String,
}
