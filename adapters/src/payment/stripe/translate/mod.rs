//! Stripe's records in our words.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use vitrine_commerce::ports::payment::{
    Charge, ChargeState, ProviderCharge, ProviderRefund, RefundState, SavedMethod, StatementCharge,
};
use vitrine_entity::ids::PaymentId;

use super::{
    amount,
    fault::{Fault, Refusal},
    object::{ChargeObject, ErrorBody, Intent, RefundObject},
};

/// An intent that `asked_for` was asked about. That is believed where the intent names nobody.
pub(super) fn charge(
    intent: &Intent,
    asked_for: PaymentId,
    publishable_key: Option<&str>,
    request_id: Option<String>,
) -> Result<ProviderCharge, Fault> {
    let sums = Sums::of(intent)?;
    let lapses = intent.charge().and_then(|charge| charge.capture_before());
    Ok(ProviderCharge {
        reference: intent.id.clone(),
        payment: intent.metadata.payment().unwrap_or(asked_for),
        state: state(intent, || step(intent, publishable_key)),
        amount: sums.amount,
        captured_minor: sums.captured_minor,
        refunded_minor: sums.refunded_minor,
        live: intent.livemode,
        capture_before: lapses.and_then(time),
        in_parts: intent.charge().is_some_and(ChargeObject::in_parts),
        saved: saved(intent),
        request_id,
    })
}

/// A card that was declined at once. Its intent comes with the refusal, unless the card was not
/// even good for one: then there is no reference.
pub(super) fn declined(refusal: &Refusal, charge: &Charge, is_live: bool) -> Result<ProviderCharge, Fault> {
    let error = &refusal.error;
    let code = decline_code(error);
    let intent = error.payment_intent.as_deref();
    let amount = intent.map_or(Ok(charge.amount), |intent| {
        amount::from_stripe(intent.amount, &intent.currency)
    });
    Ok(ProviderCharge {
        reference: intent.map(|intent| intent.id.clone()).unwrap_or_default(),
        payment: charge.payment,
        state: ChargeState::Declined { code },
        amount: amount?,
        captured_minor: 0,
        refunded_minor: 0,
        live: intent.map_or(is_live, |intent| intent.livemode),
        capture_before: None,
        in_parts: false,
        saved: None,
        request_id: refusal.request_id.clone(),
    })
}

/// An intent in the books, whoever made it: it names an attempt only if it is `shop`'s. What a
/// shopper would need is not told there.
pub(super) fn statement_charge(intent: &Intent, shop: &str) -> Result<StatementCharge, Fault> {
    let sums = Sums::of(intent)?;
    let no_time = || Fault::Nonsense(format!("`{}` was created at {}", intent.id, intent.created));
    Ok(StatementCharge {
        reference: intent.id.clone(),
        payment: intent.metadata.payment_of(shop),
        state: state(intent, || Value::Null),
        amount: sums.amount,
        captured_minor: sums.captured_minor,
        refunded_minor: sums.refunded_minor,
        live: intent.livemode,
        created_at: time(intent.created).ok_or_else(no_time)?,
    })
}

pub(super) fn refund(refund: &RefundObject, request_id: Option<String>) -> Result<ProviderRefund, Fault> {
    let state = match refund.status.as_deref() {
        Some("succeeded") => RefundState::Succeeded,
        Some(failed @ ("failed" | "canceled")) => RefundState::Failed {
            reason: refund.failure_reason.as_deref().unwrap_or(failed).to_owned(),
        },
        // Pending, or waiting for the shopper to say where to; and what Stripe may think of next.
        _ => RefundState::Pending,
    };
    Ok(ProviderRefund {
        reference: refund.id.clone(),
        state,
        amount: amount::from_stripe(refund.amount, &refund.currency)?,
        request_id,
    })
}

/// The card that Stripe keeps since the intent has gone through.
fn saved(intent: &Intent) -> Option<SavedMethod> {
    let has_paid = matches!(intent.status.as_str(), "succeeded" | "requires_capture");
    if !has_paid || intent.setup_future_usage.is_none() {
        return None;
    }
    intent.charge()?.card()?.saved_as(intent.payment_method.clone()?)
}

/// Stripe's codes of declines are the field's words, and ours; but for what is an error of its interface.
fn decline_code(error: &ErrorBody) -> String {
    match error.code() {
        None => "card_declined",
        Some("payment_intent_authentication_failure") => "authentication_failed",
        Some(code) => code,
    }
    .to_owned()
}

/// `step` is what the shopper's client needs to go on.
fn state(intent: &Intent, step: impl FnOnce() -> Value) -> ChargeState {
    match intent.status.as_str() {
        "succeeded" => ChargeState::Captured,
        // Some of it was captured, and what is left is held still, or was given up.
        "requires_capture" | "canceled" if captured(intent) > 0 => ChargeState::Captured,
        "requires_capture" => ChargeState::Authorized,
        "requires_action" => ChargeState::ActionRequired { client: step() },
        "canceled" => ChargeState::Voided,
        "requires_payment_method" | "requires_confirmation" => match &intent.last_payment_error {
            // Stripe would let the shopper try again with the same intent. We never do: the next
            // attempt has an intent of its own, so that this one is decided.
            Some(error) => ChargeState::Declined {
                code: decline_code(error),
            },
            // Nothing was refused: its confirmation, which we ask for with it, is not through.
            None => ChargeState::Pending,
        },
        // `processing`, and what Stripe may think of next: nothing is decided.
        _ => ChargeState::Pending,
    }
}

fn step(intent: &Intent, publishable_key: Option<&str>) -> Value {
    let redirect = intent
        .next_action
        .as_ref()
        .and_then(|next| next.redirect_to_url.as_ref());
    match redirect.and_then(|redirect| redirect.url.as_ref()) {
        Some(url) => json!({ "type": "redirect", "url": url, "client_secret": intent.client_secret }),
        None => json!({
            "type": "stripe",
            "client_secret": intent.client_secret,
            "publishable_key": publishable_key,
        }),
    }
}

struct Sums {
    amount: vitrine_commerce::money::Money,
    captured_minor: i64,
    refunded_minor: i64,
}

impl Sums {
    fn of(intent: &Intent) -> Result<Self, Fault> {
        let minor = |amount| amount::from_stripe(amount, &intent.currency).map(|money| money.minor);
        let captured = captured(intent);
        Ok(Self {
            amount: amount::from_stripe(intent.amount, &intent.currency)?,
            captured_minor: minor(captured)?,
            refunded_minor: minor(refunded(intent, captured))?,
        })
    }
}

fn captured(intent: &Intent) -> i64 {
    let told = intent.amount_received;
    let told = told.or_else(|| intent.charge().and_then(|charge| charge.amount_captured));
    told.unwrap_or(if intent.status == "succeeded" { intent.amount } else { 0 })
}

/// What was held and never captured, because less was taken or the authorization was given up,
/// Stripe counts as refunded, too. It never was the shop's. Where less was refunded than was
/// released, it was not counted so, as by some imitations of Stripe. Nor is it where it was captured in parts.
fn refunded(intent: &Intent, captured: i64) -> i64 {
    let told = intent.charge().and_then(|charge| charge.amount_refunded).unwrap_or(0);
    let released = match intent.charge().is_some_and(ChargeObject::in_parts) {
        true => 0,
        false => intent.amount.saturating_sub(captured).max(0),
    };
    if told < released { told } else { told - released }
}

fn time(seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
}

#[cfg(test)]
mod tests;
