//! The orders, and what moves them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use vitrine_commerce::money::Money;

use super::error::PayPalError;

/// How long an authorization holds.
const HELD: TimeDelta = TimeDelta::days(29);

#[derive(Default)]
pub(super) struct Books {
    pub(super) orders: Vec<Order>,
    pub(super) events: Vec<Value>,
    pub(super) made: usize,
}

pub(super) struct Order {
    pub(super) id: String,
    pub(super) captures_at_once: bool,
    pub(super) status: &'static str,
    pub(super) amount: Money,
    pub(super) custom_id: Option<String>,
    pub(super) instrument_is_good: bool,
    pub(super) authorization: Option<Authorization>,
    pub(super) capture: Option<Capture>,
    pub(super) refunds: Vec<Refund>,
}

pub(super) struct Authorization {
    pub(super) id: String,
    pub(super) status: &'static str,
    pub(super) until: DateTime<Utc>,
}

pub(super) struct Capture {
    pub(super) id: String,
    pub(super) amount: Money,
    pub(super) taken_at: DateTime<Utc>,
}

pub(super) struct Refund {
    pub(super) id: String,
    pub(super) amount: Money,
    pub(super) custom_id: Option<String>,
}

impl Order {
    pub(super) fn refunded_minor(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount.minor).sum()
    }
}

impl Books {
    /// An id in PayPal's form.
    pub(super) fn id(&mut self) -> String {
        self.made += 1;
        format!("{:017X}", 0x5_0000_0000_0000_u64 + self.made as u64 * 0x1_0001)
    }

    pub(super) fn order(&mut self, id: &str) -> Result<&mut Order, PayPalError> {
        self.find(|order| order.id == id)
    }

    pub(super) fn find(&mut self, is: impl Fn(&Order) -> bool) -> Result<&mut Order, PayPalError> {
        self.orders
            .iter_mut()
            .find(|order| is(order))
            .ok_or_else(PayPalError::not_found)
    }

    pub(super) fn of_authorization(&mut self, id: &str) -> Result<&mut Order, PayPalError> {
        self.find(|order| order.authorization.as_ref().is_some_and(|held| held.id == id))
    }

    pub(super) fn of_capture(&mut self, id: &str) -> Result<&mut Order, PayPalError> {
        self.find(|order| order.capture.as_ref().is_some_and(|taken| taken.id == id))
    }

    pub(super) fn create(&mut self, captures_at_once: bool, amount: Money, custom_id: Option<String>) -> String {
        let id = self.id();
        self.orders.push(Order {
            id: id.clone(),
            captures_at_once,
            status: "PAYER_ACTION_REQUIRED",
            amount,
            custom_id,
            instrument_is_good: true,
            authorization: None,
            capture: None,
            refunds: Vec::new(),
        });
        id
    }

    pub(super) fn approve(&mut self, id: &str, good: bool, now: DateTime<Utc>) {
        let order = self.order(id).expect("an order");
        assert_eq!(order.status, "PAYER_ACTION_REQUIRED");
        order.status = "APPROVED";
        order.instrument_is_good = good;
        self.tell_order("CHECKOUT.ORDER.APPROVED", id, now);
    }

    /// Captures, or authorizes, what the shopper has agreed to.
    pub(super) fn take(&mut self, id: &str, captures: bool, now: DateTime<Utc>) -> Result<(), PayPalError> {
        let part = self.id();
        let order = self.order(id)?;
        if order.captures_at_once != captures {
            return Err(PayPalError::unprocessable("ACTION_DOES_NOT_MATCH_INTENT"));
        }
        match order.status {
            "APPROVED" if !order.instrument_is_good => return Err(PayPalError::unprocessable("INSTRUMENT_DECLINED")),
            "APPROVED" => {}
            "COMPLETED" if captures => return Err(PayPalError::unprocessable("ORDER_ALREADY_CAPTURED")),
            "COMPLETED" => return Err(PayPalError::unprocessable("ORDER_ALREADY_AUTHORIZED")),
            _ => return Err(PayPalError::unprocessable("ORDER_NOT_APPROVED")),
        }
        order.status = "COMPLETED";
        if captures {
            order.capture = Some(Capture {
                id: part,
                amount: order.amount,
                taken_at: now,
            });
            self.tell_capture("PAYMENT.CAPTURE.COMPLETED", id, now);
        } else {
            order.authorization = Some(Authorization {
                id: part,
                status: "CREATED",
                until: now + HELD,
            });
            self.tell_authorization("PAYMENT.AUTHORIZATION.CREATED", id, now);
        }
        Ok(())
    }

    /// Gives the id of the capture.
    pub(super) fn capture(
        &mut self,
        authorization: &str,
        amount: Money,
        now: DateTime<Utc>,
    ) -> Result<String, PayPalError> {
        let part = self.id();
        let order = self.of_authorization(authorization)?;
        let of_order = order.id.clone();
        let whole = order.amount;
        let held = order.authorization.as_mut().ok_or_else(PayPalError::not_found)?;
        match held.status {
            "CREATED" => {}
            "VOIDED" => return Err(PayPalError::unprocessable("AUTHORIZATION_VOIDED")),
            _ => return Err(PayPalError::unprocessable("AUTHORIZATION_ALREADY_CAPTURED")),
        }
        // It would give up to 15% more.
        if amount.currency != whole.currency || amount.minor * 100 > whole.minor * 115 {
            return Err(PayPalError::unprocessable("MAX_CAPTURE_AMOUNT_EXCEEDED"));
        }
        held.status = "CAPTURED";
        order.capture = Some(Capture {
            id: part.clone(),
            amount,
            taken_at: now,
        });
        self.tell_capture("PAYMENT.CAPTURE.COMPLETED", &of_order, now);
        Ok(part)
    }

    pub(super) fn void(&mut self, authorization: &str, now: DateTime<Utc>) -> Result<(), PayPalError> {
        let order = self.of_authorization(authorization)?;
        let of_order = order.id.clone();
        let held = order.authorization.as_mut().ok_or_else(PayPalError::not_found)?;
        match held.status {
            "CREATED" => held.status = "VOIDED",
            "VOIDED" => return Err(PayPalError::unprocessable("PREVIOUSLY_VOIDED")),
            _ => return Err(PayPalError::unprocessable("PREVIOUSLY_CAPTURED")),
        }
        self.tell_authorization("PAYMENT.AUTHORIZATION.VOIDED", &of_order, now);
        Ok(())
    }

    /// Gives the id of the refund.
    pub(super) fn refund(
        &mut self,
        capture: &str,
        amount: Money,
        custom_id: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<String, PayPalError> {
        let part = self.id();
        let order = self.of_capture(capture)?;
        let of_order = order.id.clone();
        let taken = order.capture.as_ref().map_or(0, |taken| taken.amount.minor);
        if amount.currency != order.amount.currency || amount.minor > taken - order.refunded_minor() {
            return Err(PayPalError::unprocessable("REFUND_AMOUNT_EXCEEDED"));
        }
        order.refunds.push(Refund {
            id: part.clone(),
            amount,
            custom_id,
        });
        self.tell_refund("PAYMENT.CAPTURE.REFUNDED", &of_order, now);
        Ok(part)
    }
}
