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
        return_url: "https://shop.example.com/orders/1".to_owned(),
        customer: None,
        saves_method: false,
        approved: None,
    }
}

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
