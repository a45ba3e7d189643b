//! What Stripe remembers of payments. Amounts are in the smallest unit of the currency.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{cards::Card, error::StripeError};

/// How long an authorization holds.
pub(super) const HOLD: TimeDelta = TimeDelta::days(7);

/// How long a refund of the test methods takes that is pending first, or fails later.
pub(super) const REFUND_TAKES: TimeDelta = TimeDelta::seconds(60);

#[derive(Debug, Clone)]
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) metadata: BTreeMap<String, String>,
}

/// A card that a customer has saved.
#[derive(Debug, Clone)]
pub(super) struct Method {
    pub(super) id: String,
    /// Nobody's once it was detached.
    pub(super) customer: Option<String>,
    pub(super) card: Card,
    pub(super) last_four: String,
    /// Month and year.
    pub(super) expiry: (u32, i32),
}

#[derive(Default)]
pub(super) struct Books {
    /// Oldest first.
    pub(super) intents: Vec<Intent>,
    /// Oldest first.
    pub(super) refunds: Vec<Refund>,
    /// Oldest first.
    pub(super) events: Vec<Value>,
    /// Oldest first, without those that were deleted.
    pub(super) customers: Vec<Customer>,
    /// The ids of those that were deleted.
    pub(super) deleted_customers: Vec<String>,
    /// Cards that customers have saved, oldest first; also those that are nobody's any more.
    pub(super) methods: Vec<Method>,
    /// By what the newest event was caused: request and idempotency key.
    pub(super) cause: Option<(String, Option<String>)>,
    made: u64,
    /// Whether its lists begin with the oldest, as no list of Stripe's does.
    pub(super) oldest_first: bool,
    /// Whether the account may capture in parts.
    pub(super) multicapture: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) created: DateTime<Utc>,
    pub(super) amount: i64,
    pub(super) currency: String,
    /// Whether the capture is a step of its own.
    pub(super) manual: bool,
    /// Whether it may be captured in parts.
    pub(super) in_parts: bool,
    pub(super) status: Status,
    pub(super) card: Option<Card>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) description: Option<String>,
    pub(super) return_url: Option<String>,
    pub(super) amount_received: i64,
    pub(super) last_error: Option<Value>,
    pub(super) charge: Option<Charge>,
    pub(super) customer: Option<String>,
    /// Whether its card is saved for the customer once it has paid.
    pub(super) saves: bool,
    /// The saved card that pays, or was saved.
    pub(super) method: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    RequiresPaymentMethod,
    RequiresAction,
    Processing,
    RequiresCapture,
    Succeeded,
    Canceled,
}

impl Intent {
    /// What is held and may be captured.
    pub(super) fn capturable(&self) -> i64 {
        match self.status {
            Status::RequiresCapture => self.amount - self.amount_received,
            _ => 0,
        }
    }
}

impl Status {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::RequiresCapture => "requires_capture",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

/// The latest charge of an intent.
#[derive(Debug, Clone)]
pub(super) struct Charge {
    pub(super) id: String,
    pub(super) created: DateTime<Utc>,
    /// `succeeded`, `pending` or `failed`.
    pub(super) status: &'static str,
    pub(super) captured: bool,
    pub(super) amount_captured: i64,
    /// What was authorized and given up. Stripe counts it as refunded.
    pub(super) amount_released: i64,
}

#[derive(Debug, Clone)]
pub(super) struct Refund {
    pub(super) id: String,
    pub(super) created: DateTime<Utc>,
    pub(super) intent: String,
    pub(super) charge: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    /// `pending`, `succeeded` or `failed`.
    pub(super) status: &'static str,
    pub(super) reason: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
    /// What time will make of it, and when.
    pub(super) becomes: Option<(DateTime<Utc>, &'static str)>,
}

impl Books {
    /// A new id, in the form of Stripe's: `pi_` and 24 characters.
    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}_3VtrStandIn{:013}", self.made)
    }

    pub(super) fn place_of(&self, id: &str) -> Result<usize, StripeError> {
        let place = self.intents.iter().position(|intent| intent.id == id);
        place.ok_or_else(|| StripeError::no_such("payment_intent", id, "intent"))
    }

    pub(super) fn intent(&self, id: &str) -> Result<&Intent, StripeError> {
        Ok(&self.intents[self.place_of(id)?])
    }

    /// As Stripe counts it: refunds that did not fail, and what was released, unless it was captured in parts.
    pub(super) fn refunded(&self, intent: &Intent) -> i64 {
        let charge = intent.charge.as_ref().filter(|_| !intent.in_parts);
        charge.map_or(0, |charge| charge.amount_released) + self.paid_back(intent)
    }

    pub(super) fn paid_back(&self, intent: &Intent) -> i64 {
        let refunds = self.refunds.iter().filter(|refund| refund.intent == intent.id);
        let paid_back = refunds.filter(|refund| refund.status != "failed");
        paid_back.map(|refund| refund.amount).sum()
    }

    /// Newest first, as Stripe lists, unless a test has it otherwise.
    pub(super) fn listed_intents(&self) -> Vec<&Intent> {
        match self.oldest_first {
            true => self.intents.iter().collect(),
            false => self.intents.iter().rev().collect(),
        }
    }
}
