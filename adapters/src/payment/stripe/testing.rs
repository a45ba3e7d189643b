//! What the tests of this folder begin with.

use serde_json::{Value, json};
use vitrine_commerce::ports::payment::Charge;

use super::object::Intent;
use crate::payment::testing;
pub(super) use crate::payment::testing::{PAYMENT, SHOP};

pub(super) fn a_charge() -> Charge {
    Charge {
        method_token: "pm_card_visa".to_owned(),
        ..testing::a_charge()
    }
}

/// An intent as Stripe tells it, with much that nobody reads, and with `changed` on top.
pub(super) fn told(changed: Value) -> Value {
    let mut intent = json!({
        "id": "pi_3Q1", "object": "payment_intent", "amount": 4999, "amount_capturable": 0,
        "amount_details": { "tip": {} }, "amount_received": 0, "application": null,
        "automatic_payment_methods": { "allow_redirects": "always", "enabled": true },
        "canceled_at": null, "cancellation_reason": null, "capture_method": "automatic",
        "client_secret": "pi_3Q1_secret_x", "confirmation_method": "automatic", "created": 1_790_000_000,
        "currency": "eur", "customer": null, "last_payment_error": null, "latest_charge": null,
        "livemode": false, "next_action": null,
        "metadata": { "vitrine_shop": SHOP, "vitrine_payment": PAYMENT.to_string() },
        "payment_method_types": ["card", "a_kind_of_tomorrow"], "status": "succeeded",
    });
    let (Some(fields), Value::Object(changed)) = (intent.as_object_mut(), changed) else {
        panic!("an intent is an object");
    };
    fields.extend(changed);
    intent
}

pub(super) fn intent(changed: Value) -> Intent {
    serde_json::from_value(told(changed)).expect("an intent that can be read")
}
