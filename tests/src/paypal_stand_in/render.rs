//! Objects in PayPal's JSON.

use chrono::SecondsFormat;
use serde_json::{Value, json};
use vitrine_commerce::money::Money;

use super::books::{Order, Refund};

pub(super) fn order(order: &Order) -> Value {
    let mut unit = json!({
        "reference_id": "default", "amount": amount(order.amount), "custom_id": order.custom_id,
        "payee": { "merchant_id": "MERCHANT" },
    });
    if order.status == "COMPLETED" {
        let authorizations: Vec<Value> = authorization(order).into_iter().collect();
        let captures: Vec<Value> = capture(order).into_iter().collect();
        let refunds: Vec<Value> = order.refunds.iter().map(refund).collect();
        unit["payments"] = json!({ "authorizations": authorizations, "captures": captures, "refunds": refunds });
    }
    let id = &order.id;
    let mut links = vec![
        json!({ "href": format!("https://api.sandbox.paypal.com/v2/checkout/orders/{id}"), "rel": "self", "method": "GET" }),
    ];
    if order.status == "PAYER_ACTION_REQUIRED" {
        let href = format!("https://www.sandbox.paypal.com/checkoutnow?token={id}");
        links.push(json!({ "href": href, "rel": "payer-action", "method": "GET" }));
    }
    json!({
        "id": id, "status": order.status, "intent": if order.captures_at_once { "CAPTURE" } else { "AUTHORIZE" },
        "payment_source": { "paypal": {} }, "purchase_units": [unit], "links": links,
    })
}

pub(super) fn authorization(order: &Order) -> Option<Value> {
    let held = order.authorization.as_ref()?;
    Some(json!({
        "id": held.id, "status": held.status, "amount": amount(order.amount), "custom_id": order.custom_id,
        "expiration_time": held.until.to_rfc3339_opts(SecondsFormat::Secs, true),
        "supplementary_data": { "related_ids": { "order_id": order.id } },
    }))
}

pub(super) fn capture(order: &Order) -> Option<Value> {
    let taken = order.capture.as_ref()?;
    let status = match order.refunded_minor() {
        0 => "COMPLETED",
        back if back < taken.amount.minor => "PARTIALLY_REFUNDED",
        _ => "REFUNDED",
    };
    Some(json!({
        "id": taken.id, "status": status, "amount": amount(taken.amount), "custom_id": order.custom_id, "final_capture": true,
        "supplementary_data": { "related_ids": { "order_id": order.id } },
    }))
}

pub(super) fn refund(refund: &Refund) -> Value {
    json!({ "id": refund.id, "status": "COMPLETED", "amount": amount(refund.amount), "custom_id": refund.custom_id })
}

/// A capture in the account's statement.
pub(super) fn transaction(order: &Order) -> Option<Value> {
    let taken = order.capture.as_ref()?;
    Some(json!({ "transaction_info": {
        "transaction_id": taken.id, "transaction_event_code": "T0006", "transaction_status": "S",
        "transaction_initiation_date": taken.taken_at.format("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        "transaction_amount": amount(taken.amount), "custom_field": order.custom_id,
    } }))
}

fn amount(money: Money) -> Value {
    json!({ "currency_code": money.currency.code(), "value": money.decimal() })
}
