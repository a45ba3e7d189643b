//! The objects as Stripe shows them.

use serde_json::{Value, json};

use super::{
    books::{Books, Charge, HOLD, Intent, Refund, Status},
    parameters::Parameters,
};

/// Whether an intent shows its charge, or only its charge's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expand {
    Nothing,
    LatestCharge,
}

impl Expand {
    pub(super) fn of(parameters: &Parameters) -> Self {
        match parameters.expands("latest_charge") || parameters.expands("data.latest_charge") {
            true => Self::LatestCharge,
            false => Self::Nothing,
        }
    }
}

impl Books {
    pub(super) fn all_intents(&self) -> Vec<Value> {
        let intents = self.intents.iter();
        intents
            .map(|intent| self.intent_json(intent, Expand::LatestCharge))
            .collect()
    }

    pub(super) fn all_refunds(&self) -> Vec<Value> {
        self.refunds.iter().map(Self::refund_json).collect()
    }

    pub(super) fn intent_json(&self, intent: &Intent, expand: Expand) -> Value {
        let charge = match (&intent.charge, expand) {
            (None, _) => Value::Null,
            (Some(charge), Expand::Nothing) => Value::from(charge.id.clone()),
            (Some(charge), Expand::LatestCharge) => self.charge_json(intent, charge),
        };
        // A method that was refused is taken off the intent.
        let method = || intent.method.clone().unwrap_or_else(|| format!("pm_of_{}", intent.id));
        let method = (intent.status != Status::RequiresPaymentMethod).then(method);
        json!({
            "id": intent.id,
            "object": "payment_intent",
            "amount": intent.amount,
            "amount_capturable": intent.capturable(),
            "amount_details": { "tip": {} },
            "amount_received": intent.amount_received,
            "automatic_payment_methods": { "allow_redirects": "always", "enabled": true },
            "canceled_at": null,
            "cancellation_reason": null,
            "capture_method": if intent.manual { "manual" } else { "automatic" },
            "client_secret": client_secret(intent),
            "confirmation_method": "automatic",
            "created": intent.created.timestamp(),
            "currency": intent.currency,
            "customer": intent.customer,
            "description": intent.description,
            "last_payment_error": intent.last_error,
            "latest_charge": charge,
            "livemode": false,
            "metadata": intent.metadata,
            "next_action": next_action(intent),
            "payment_method": method,
            "payment_method_types": ["card"],
            "receipt_email": null,
            "setup_future_usage": intent.saves.then_some("on_session"),
            "status": intent.status.text(),
            "transfer_group": null,
        })
    }

    pub(super) fn charge_json(&self, intent: &Intent, charge: &Charge) -> Value {
        let refunded = self.refunded(intent);
        let mut card = json!({ "brand": "visa", "country": "US", "exp_month": 12, "exp_year": 2034, "last4": "4242" });
        if intent.manual && charge.status == "succeeded" {
            card["capture_before"] = Value::from((intent.created + HOLD).timestamp());
            let parts = if intent.in_parts { "available" } else { "unavailable" };
            card["multicapture"] = json!({ "status": parts });
        }
        json!({
            "id": charge.id,
            "object": "charge",
            "amount": intent.amount,
            "amount_captured": charge.amount_captured,
            "amount_refunded": refunded,
            "captured": charge.captured,
            "created": charge.created.timestamp(),
            "currency": intent.currency,
            "description": intent.description,
            "disputed": false,
            "livemode": false,
            // Copied when the charge is made.
            "metadata": intent.metadata,
            "paid": charge.status == "succeeded",
            "payment_intent": intent.id,
            "payment_method_details": { "card": card, "type": "card" },
            "refunded": refunded == intent.amount,
            "status": charge.status,
        })
    }

    pub(super) fn refund_json(refund: &Refund) -> Value {
        let mut shown = json!({
            "id": refund.id,
            "object": "refund",
            "amount": refund.amount,
            "balance_transaction": null,
            "charge": refund.charge,
            "created": refund.created.timestamp(),
            "currency": refund.currency,
            "metadata": refund.metadata,
            "payment_intent": refund.intent,
            "reason": refund.reason,
            "receipt_number": null,
            "status": refund.status,
        });
        if refund.status == "failed" {
            shown["failure_reason"] = Value::from("expired_or_canceled_card");
        }
        shown
    }
}

fn client_secret(intent: &Intent) -> String {
    format!("{}_secret_of_the_stand_in", intent.id)
}

/// What the shopper has to do: on a page of their bank if we named one to come back to.
fn next_action(intent: &Intent) -> Value {
    match (&intent.return_url, intent.status) {
        (Some(return_url), Status::RequiresAction) => json!({
            "type": "redirect_to_url",
            "redirect_to_url": {
                "return_url": return_url,
                "url": format!("https://hooks.stripe.com/3d_secure_2/hosted?payment_intent={}", intent.id),
            },
        }),
        (None, Status::RequiresAction) => json!({
            "type": "use_stripe_sdk",
            "use_stripe_sdk": { "type": "three_d_secure_redirect" },
        }),
        _ => Value::Null,
    }
}
