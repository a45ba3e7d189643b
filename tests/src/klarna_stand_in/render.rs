//! What Klarna shows of what it knows.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::books::{Capture, Order, Page, Refund};

/// Where a page is, it tells whoever makes it alone.
pub(super) fn page(page: &Page) -> Value {
    let mut shown = json!({ "session_id": page.id, "status": page.status, "updated_at": time(page.updated_at) });
    if let Some(order) = &page.order {
        shown["order_id"] = json!(order);
    }
    shown
}

pub(super) fn made(page: &Page) -> Value {
    let url = format!("https://pay.playground.klarna.com/eu/hpp/payments/{}", page.id);
    json!({ "session_id": page.id, "redirect_url": url, "session_url": format!("https://api.playground.klarna.com/hpp/v1/sessions/{}", page.id) })
}

pub(super) fn order(order: &Order) -> Value {
    let of = |name: &str| order.session[name].clone();
    json!({
        "order_id": order.id, "status": order.status, "fraud_status": order.fraud_status,
        "order_amount": order.captured + order.remaining, "original_order_amount": order.amount,
        "captured_amount": order.captured, "refunded_amount": order.refunded(), "remaining_authorized_amount": order.remaining,
        "purchase_currency": of("purchase_currency"), "purchase_country": of("purchase_country"),
        "merchant_reference1": of("merchant_reference1"), "merchant_reference2": of("merchant_reference2"),
        "expires_at": time(order.until), "klarna_reference": "K4MADNY1",
        "captures": order.captures.iter().map(capture).collect::<Vec<_>>(),
        "refunds": order.refunds.iter().map(refund).collect::<Vec<_>>(),
    })
}

fn capture(capture: &Capture) -> Value {
    json!({ "capture_id": capture.id, "captured_amount": capture.amount, "captured_at": time(capture.at) })
}

fn refund(refund: &Refund) -> Value {
    json!({ "refund_id": refund.id, "refunded_amount": refund.amount, "reference": refund.reference })
}

/// Captures and refunds in a payout.
pub(super) fn transactions(order: &Order) -> Vec<Value> {
    let of = |kind: &str, amount: i64, capture: Option<&Capture>| {
        json!({
            "type": kind, "amount": amount, "currency_code": order.session["purchase_currency"], "order_id": order.id,
            "capture_id": capture.map(|capture| &capture.id), "capture_date": capture.map(|capture| time(capture.at)),
            "merchant_reference1": order.session["merchant_reference1"],
            "merchant_reference2": order.session["merchant_reference2"],
        })
    };
    let sales = order
        .captures
        .iter()
        .map(|capture| of("SALE", capture.amount, Some(capture)));
    let returns = order
        .refunds
        .iter()
        .map(|refund| of("RETURN", -refund.amount, order.captures.first()));
    sales.chain(returns).collect()
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
