//! The sessions, pages and orders, and what moves them.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use super::error::KlarnaError;

/// How long an authorization holds.
const HELD: TimeDelta = TimeDelta::days(28);

#[derive(Default)]
pub(super) struct Books {
    /// By their ids, as they were asked for.
    pub(super) sessions: Vec<(String, Value)>,
    pub(super) pages: Vec<Page>,
    pub(super) orders: Vec<Order>,
    pub(super) hints: Vec<Value>,
    pub(super) looks_at_orders: bool,
    made: u64,
}

pub(super) struct Page {
    pub(super) id: String,
    pub(super) session: String,
    pub(super) status: &'static str,
    pub(super) order: Option<String>,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) struct Order {
    pub(super) id: String,
    pub(super) status: &'static str,
    pub(super) fraud_status: &'static str,
    pub(super) amount: i64,
    pub(super) captured: i64,
    pub(super) remaining: i64,
    /// What it was agreed to as.
    pub(super) session: Value,
    pub(super) until: DateTime<Utc>,
    pub(super) captures: Vec<Capture>,
    pub(super) refunds: Vec<Refund>,
}

pub(super) struct Capture {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) at: DateTime<Utc>,
}

pub(super) struct Refund {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) reference: Option<String>,
}

impl Order {
    pub(super) fn refunded(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }
}

impl Books {
    /// An id in Klarna's form.
    pub(super) fn id(&mut self) -> String {
        self.made += 1;
        format!("f3392f8b-6116-4073-ab96-{:012x}", self.made)
    }

    pub(super) fn page(&mut self, id: &str) -> Result<&mut Page, KlarnaError> {
        let mut pages = self.pages.iter_mut();
        pages.find(|page| page.id == id).ok_or_else(KlarnaError::not_found)
    }

    pub(super) fn order(&mut self, id: &str) -> Result<&mut Order, KlarnaError> {
        let mut orders = self.orders.iter_mut();
        orders.find(|order| order.id == id).ok_or_else(KlarnaError::not_found)
    }

    pub(super) fn session(&self, id: &str) -> Result<&Value, KlarnaError> {
        let found = self.sessions.iter().find(|(known, _)| known == id);
        found.map(|(_, session)| session).ok_or_else(KlarnaError::not_found)
    }

    pub(super) fn finish(&mut self, id: &str, good: bool, now: DateTime<Utc>) {
        let order_id = self.id();
        let fraud_status = if self.looks_at_orders { "PENDING" } else { "ACCEPTED" };
        let page = self.page(id).expect("a page");
        assert!(matches!(page.status, "WAITING" | "BACK"), "{}", page.status);
        page.updated_at = now;
        page.status = if good { "COMPLETED" } else { "FAILED" };
        page.order = good.then(|| order_id.clone());
        let (status, session) = (page.status, page.session.clone());
        let mut told = json!({ "session_id": id, "status": status, "updated_at": now.to_rfc3339_opts(SecondsFormat::Millis, true) });
        if good {
            told["order_id"] = json!(order_id);
            let session = self.session(&session).expect("a session").clone();
            let amount = session["order_amount"].as_i64().expect("an amount");
            self.orders.push(Order {
                id: order_id,
                status: "AUTHORIZED",
                fraud_status,
                amount,
                captured: 0,
                remaining: amount,
                session,
                until: now + HELD,
                captures: Vec::new(),
                refunds: Vec::new(),
            });
        }
        let event_id = self.id();
        self.hints.push(json!({ "event_id": event_id, "session": told }));
    }

    /// The shopper cannot go on.
    pub(super) fn disable(&mut self, id: &str) -> Result<(), KlarnaError> {
        let page = self.page(id)?;
        match page.status {
            "COMPLETED" => Err(KlarnaError::not_allowed("DISABLE_NOT_ALLOWED")),
            _ => {
                page.status = "DISABLED";
                Ok(())
            }
        }
    }

    pub(super) fn decide(&mut self, id: &str, trusted: bool) {
        let order = self.order(id).expect("an order");
        order.fraud_status = if trusted { "ACCEPTED" } else { "REJECTED" };
        let kind = if trusted {
            "FRAUD_RISK_ACCEPTED"
        } else {
            "FRAUD_RISK_REJECTED"
        };
        if !trusted {
            order.status = "CANCELLED";
            order.remaining = 0;
        }
        self.hints.push(json!({ "order_id": id, "event_type": kind }));
    }

    pub(super) fn capture(&mut self, id: &str, amount: i64, now: DateTime<Utc>) -> Result<(), KlarnaError> {
        let capture = self.id();
        let order = self.order(id)?;
        let is_open = matches!(order.status, "AUTHORIZED" | "PART_CAPTURED") && order.fraud_status == "ACCEPTED";
        if !is_open || amount > order.remaining {
            return Err(KlarnaError::not_allowed("CAPTURE_NOT_ALLOWED"));
        }
        order.captured += amount;
        order.remaining -= amount;
        order.status = if order.remaining == 0 {
            "CAPTURED"
        } else {
            "PART_CAPTURED"
        };
        order.captures.push(Capture {
            id: capture,
            amount,
            at: now,
        });
        Ok(())
    }

    pub(super) fn cancel(&mut self, id: &str) -> Result<(), KlarnaError> {
        let order = self.order(id)?;
        match order.status {
            "AUTHORIZED" => {
                order.status = "CANCELLED";
                order.remaining = 0;
                Ok(())
            }
            _ => Err(KlarnaError::not_allowed("CANCEL_NOT_ALLOWED")),
        }
    }

    pub(super) fn release(&mut self, id: &str) -> Result<(), KlarnaError> {
        let order = self.order(id)?;
        match order.status {
            "PART_CAPTURED" => {
                order.status = "CAPTURED";
                order.remaining = 0;
                Ok(())
            }
            _ => Err(KlarnaError::not_allowed("RELEASE_NOT_ALLOWED")),
        }
    }

    pub(super) fn refund(&mut self, id: &str, amount: i64, reference: Option<String>) -> Result<(), KlarnaError> {
        let refund = self.id();
        let order = self.order(id)?;
        if amount > order.captured - order.refunded() {
            return Err(KlarnaError::not_allowed("REFUND_NOT_ALLOWED"));
        }
        order.refunds.push(Refund {
            id: refund,
            amount,
            reference,
        });
        Ok(())
    }
}
