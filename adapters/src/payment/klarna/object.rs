//! Of Klarna's objects what is needed, and no more: unknown fields and values pass.

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A session of its payments: what is to be paid.
#[derive(Debug, Deserialize)]
pub(super) struct Session {
    #[serde(default)]
    pub(super) session_id: String,
    #[serde(default)]
    pub(super) order_amount: i64,
    #[serde(default)]
    pub(super) purchase_currency: String,
    pub(super) merchant_reference2: Option<String>,
}

/// A page of its own on which the shopper agrees.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    pub(super) session_id: String,
    #[serde(default)]
    pub(super) status: String,
    /// Told when it is made, and not later.
    pub(super) redirect_url: Option<String>,
    pub(super) order_id: Option<String>,
    pub(super) updated_at: Option<String>,
}

impl Page {
    /// Whether the shopper has not agreed, and will have to begin again.
    pub(super) fn has_failed(&self) -> bool {
        matches!(self.status.as_str(), "FAILED" | "ERROR" | "CANCELLED")
    }
}

/// With what the reference of an attempt begins that is no order yet.
pub(super) const WAITS: &str = "hpp";

/// What the shopper has not agreed to yet, by both.
pub(super) struct Waiting {
    pub(super) page: Page,
    pub(super) session: Session,
    /// By which the session is found again: it does not always tell.
    pub(super) session_id: String,
    pub(super) request_id: Option<String>,
}

impl Waiting {
    pub(super) fn reference(&self) -> String {
        format!("{WAITS}:{}:{}", self.page.session_id, self.session_id)
    }
}

/// An order of its order management: what the shopper has agreed to.
#[derive(Debug, Deserialize)]
pub(super) struct Order {
    pub(super) order_id: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) fraud_status: String,
    #[serde(default)]
    order_amount: i64,
    /// What it was for when it was placed; a release lessens the other.
    original_order_amount: Option<i64>,
    #[serde(default)]
    pub(super) captured_amount: i64,
    #[serde(default)]
    pub(super) refunded_amount: i64,
    #[serde(default)]
    pub(super) remaining_authorized_amount: i64,
    pub(super) purchase_currency: String,
    pub(super) merchant_reference2: Option<String>,
    pub(super) expires_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(super) captures: Vec<Taken>,
    #[serde(default)]
    pub(super) refunds: Vec<Refunded>,
}

impl Order {
    pub(super) fn amount_minor(&self) -> i64 {
        self.original_order_amount.unwrap_or(self.order_amount)
    }

    /// Whether more of it may be captured.
    pub(super) fn is_held(&self) -> bool {
        self.remaining_authorized_amount > 0 && matches!(self.status.as_str(), "AUTHORIZED" | "PART_CAPTURED")
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Taken {
    pub(super) capture_id: String,
    pub(super) captured_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Refunded {
    pub(super) refund_id: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) refunded_amount: i64,
}

/// What has been paid out to the account, a payout at a time.
#[derive(Debug, Deserialize)]
pub(super) struct Payouts {
    #[serde(default)]
    pub(super) payouts: Vec<Payout>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Payout {
    pub(super) payment_reference: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Transactions {
    #[serde(default)]
    pub(super) transactions: Vec<Transaction>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Transaction {
    #[serde(default, rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) amount: i64,
    #[serde(default)]
    pub(super) currency_code: String,
    pub(super) order_id: Option<String>,
    pub(super) capture_id: Option<String>,
    pub(super) capture_date: Option<DateTime<Utc>>,
    pub(super) merchant_reference2: Option<String>,
}

/// What is told with a status that is no success.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ErrorBody {
    pub(super) correlation_id: Option<String>,
    pub(super) error_code: Option<String>,
    pub(super) error_messages: Vec<String>,
}
