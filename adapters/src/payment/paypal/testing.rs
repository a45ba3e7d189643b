//! What the tests of this folder begin with.

use serde_json::{Value, json};

use super::object::Order;
pub(super) use crate::payment::testing::{PAYMENT, SHOP, a_charge};

/// An order as PayPal tells it, with much that nobody reads.
pub(super) fn told(status: &str, payments: Value) -> Value {
    json!({
        "id": "5O190127TN364715T", "intent": "CAPTURE", "status": status, "create_time": "2026-11-30T10:00:00Z",
        "payment_source": { "paypal": { "email_address": "ada@example.com", "account_id": "QYR5Z8XDVJNXQ" } },
        "payer": { "name": { "given_name": "Ada" } },
        "purchase_units": [{
            "reference_id": "default", "payee": { "merchant_id": "X" },
            "amount": { "currency_code": "EUR", "value": "49.99", "breakdown": {} },
            "custom_id": format!("{SHOP}:{PAYMENT}"), "payments": payments,
        }],
        "links": [
            { "href": "https://api-m.paypal.com/v2/checkout/orders/5O190127TN364715T", "rel": "self", "method": "GET" },
            { "href": "https://www.paypal.com/checkoutnow?token=5O190127TN364715T", "rel": "payer-action", "method": "GET" },
        ],
    })
}

pub(super) fn order(status: &str, payments: Value) -> Order {
    serde_json::from_value(told(status, payments)).expect("an order that can be read")
}
