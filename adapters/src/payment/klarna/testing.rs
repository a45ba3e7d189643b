//! What the tests of this folder begin with.

use serde_json::{Value, json};
use vitrine_commerce::ports::payment::Charge;

use super::object::Order;
use crate::payment::testing;
pub(super) use crate::payment::testing::{PAYMENT, SHOP};

pub(super) fn a_charge() -> Charge {
    Charge {
        return_url: "https://shop.example.com/orders/1?token=x".to_owned(),
        ..testing::a_charge()
    }
}

/// An order as Klarna tells it, with much that nobody reads, and with `changed` on top.
pub(super) fn order(changed: Value) -> Order {
    let mut told = json!({
        "order_id": "f3392f8b-6116-4073-ab96-e330819e2c07", "status": "AUTHORIZED", "fraud_status": "ACCEPTED",
        "order_amount": 4999, "original_order_amount": 4999, "captured_amount": 0, "refunded_amount": 0,
        "remaining_authorized_amount": 4999, "purchase_currency": "EUR", "purchase_country": "DE", "locale": "de-DE",
        "customer": { "date_of_birth": "1990-01-01" }, "billing_address": { "given_name": "Ada" },
        "created_at": "2026-11-30T10:00:00.000Z", "expires_at": "2026-12-28T10:00:00.000Z", "klarna_reference": "K4MADNY1",
        "merchant_reference1": "V-1001", "merchant_reference2": format!("{SHOP}:{PAYMENT}"),
        "captures": [], "refunds": [], "order_lines": [],
    });
    for (name, value) in changed.as_object().into_iter().flatten() {
        told[name] = value.clone();
    }
    serde_json::from_value(told).expect("an order that can be read")
}
