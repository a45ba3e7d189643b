//! What the tests of this folder begin with.

use serde_json::{Value, json};
use uuid::Uuid;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::Charge,
};
use vitrine_entity::ids::PaymentId;

use super::object::Order;

pub(super) const PAYMENT: PaymentId = PaymentId(Uuid::from_u128(7));

/// What our shop is called.
pub(super) const SHOP: &str = "inst_1";

pub(super) fn a_charge() -> Charge {
    Charge {
        payment: PAYMENT,
        key: PAYMENT.to_string(),
        order_number: "V-1001".to_owned(),
        amount: Money::new(4999, Currency::EUR),
        tax_basis_points: 1900,
        country: "DE".to_owned(),
        locale: "de".to_owned(),
        method_token: String::new(),
        capture: true,
        return_url: "https://shop.example.com/orders/1?token=x".to_owned(),
        customer: None,
        saves_method: false,
        approved: None,
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
