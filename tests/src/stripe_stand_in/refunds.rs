//! Refunds: never above what was captured.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    books::{Books, REFUND_TAKES, Refund, Status},
    cards::Card,
    error::StripeError,
    parameters::Parameters,
    render::Expand,
};

impl Books {
    pub(super) fn create_refund(&mut self, parameters: &Parameters, now: DateTime<Utc>) -> Result<Value, StripeError> {
        parameters.allow(&["amount", "charge", "metadata", "payment_intent", "reason"])?;
        let amount = parameters.amount("amount")?;
        let id = parameters.required("payment_intent")?;
        let place = self
            .place_of(id)
            .map_err(|_| StripeError::no_such("payment_intent", id, "payment_intent"))?;
        let intent = &self.intents[place];
        let is_taken = intent.status == Status::Succeeded || intent.amount_received > 0;
        let Some(charge) = intent.charge.clone().filter(|_| is_taken) else {
            let message = format!("This PaymentIntent ({id}) does not have a successful charge to refund.");
            return Err(StripeError::unexpected_state(
                message,
                self.intent_json(intent, Expand::Nothing),
            ));
        };
        let left = intent.amount_received - self.paid_back(intent);
        let amount = amount.unwrap_or(left);
        if left == 0 {
            return Err(StripeError::already_refunded(&charge.id));
        }
        if amount > left {
            return Err(StripeError::refund_too_large(amount, left));
        }
        let (status, becomes) = match intent.card {
            Some(Card::RefundPends) => ("pending", Some((now + REFUND_TAKES, "succeeded"))),
            Some(Card::RefundFails) => ("succeeded", Some((now + REFUND_TAKES, "failed"))),
            _ => ("succeeded", None),
        };
        let currency = intent.currency.clone();
        let refund = Refund {
            id: self.id("re"),
            created: now,
            intent: id.to_owned(),
            charge: charge.id,
            amount,
            currency,
            status,
            reason: parameters.text("reason").map(str::to_owned),
            metadata: parameters.metadata(),
            becomes,
        };
        self.refunds.push(refund);
        let refund = self.refunds.len() - 1;
        self.tell_refund("refund.created", refund, now);
        self.tell_charge("charge.refunded", place, now);
        Ok(Self::refund_json(&self.refunds[refund]))
    }

    pub(super) fn find_refund(&self, id: &str) -> Result<Value, StripeError> {
        let found = self.refunds.iter().find(|refund| refund.id == id);
        found
            .map(Self::refund_json)
            .ok_or_else(|| StripeError::no_such("refund", id, "id"))
    }

    pub(super) fn finish_refunds(&mut self, now: DateTime<Utc>) {
        for place in 0..self.refunds.len() {
            let refund = &mut self.refunds[place];
            let Some((_, status)) = refund.becomes.filter(|(at, _)| *at <= now) else {
                continue;
            };
            refund.status = status;
            refund.becomes = None;
            self.tell_refund("refund.updated", place, now);
            self.tell_refund("charge.refund.updated", place, now);
            if status == "failed" {
                self.tell_refund("refund.failed", place, now);
            }
        }
    }
}
