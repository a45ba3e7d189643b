//! Klarna's records in our words.

use serde_json::json;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::{ChargeState, ProviderCharge, ProviderRefund, RefundState},
};
use vitrine_entity::ids::PaymentId;

use super::{
    fault::Fault,
    object::{Order, Page, Refunded, Waiting},
};
use crate::payment::names::Named;

/// What the shopper has not agreed to yet, or does not.
pub(super) fn waiting(waiting: &Waiting, asked_for: PaymentId, live: bool) -> Result<ProviderCharge, Fault> {
    let session = &waiting.session;
    let named = Named::read(session.merchant_reference2.as_deref());
    Ok(ProviderCharge {
        reference: waiting.reference(),
        payment: named.map_or(asked_for, |named| named.payment),
        state: state_of_page(&waiting.page),
        amount: money(session.order_amount, &session.purchase_currency)?,
        captured_minor: 0,
        refunded_minor: 0,
        live,
        capture_before: None,
        in_parts: false,
        saved: None,
        request_id: waiting.request_id.clone(),
    })
}

/// An order that `asked_for` was asked about. That is believed where the order names nobody.
pub(super) fn order(
    order: &Order,
    asked_for: PaymentId,
    live: bool,
    request_id: Option<String>,
) -> Result<ProviderCharge, Fault> {
    let named = Named::read(order.merchant_reference2.as_deref());
    let state = state(order);
    Ok(ProviderCharge {
        reference: order.order_id.clone(),
        payment: named.map_or(asked_for, |named| named.payment),
        capture_before: order.expires_at.filter(|_| order.is_held()),
        in_parts: order.is_held(),
        state,
        amount: money(order.amount_minor(), &order.purchase_currency)?,
        captured_minor: order.captured_amount,
        refunded_minor: order.refunded_amount,
        live,
        saved: None,
        request_id,
    })
}

/// A currency that Klarna does not pay in: nothing is wrong with the shop, and its shopper pays otherwise.
pub(super) fn not_paid_there(payment: PaymentId, amount: Money, live: bool) -> ProviderCharge {
    ProviderCharge {
        reference: String::new(),
        payment,
        state: declined("currency_not_supported"),
        amount,
        captured_minor: 0,
        refunded_minor: 0,
        live,
        capture_before: None,
        in_parts: false,
        saved: None,
        request_id: None,
    }
}

/// What Klarna has accepted is paid back.
pub(super) fn refund(refund: &Refunded, order: &Order, request_id: Option<String>) -> Result<ProviderRefund, Fault> {
    let reference = refund.refund_id.as_ref().or(refund.reference.as_ref());
    Ok(ProviderRefund {
        reference: reference.cloned().unwrap_or_default(),
        state: RefundState::Succeeded,
        amount: money(refund.refunded_amount, &order.purchase_currency)?,
        request_id,
    })
}

pub(super) fn money(minor: i64, currency: &str) -> Result<Money, Fault> {
    let currency: Currency = currency
        .parse()
        .map_err(|_| Fault::Nonsense(format!("an amount in {currency:?}")))?;
    Ok(Money::new(minor, currency))
}

pub(super) fn state(order: &Order) -> ChargeState {
    if order.captured_amount > 0 {
        return ChargeState::Captured;
    }
    match (order.status.as_str(), order.fraud_status.as_str()) {
        // Klarna cancels what it has looked at and does not trust.
        (_, "REJECTED") => declined("declined_by_provider"),
        ("CANCELLED" | "EXPIRED" | "CLOSED", _) => ChargeState::Voided,
        ("AUTHORIZED", "ACCEPTED") => ChargeState::Authorized,
        // Looked at by Klarna for up to a day, and what it may think of next.
        _ => ChargeState::Pending,
    }
}

fn state_of_page(page: &Page) -> ChargeState {
    match page.status.as_str() {
        "DISABLED" => ChargeState::Voided,
        // Agreed to, and the order is on its way.
        "COMPLETED" => ChargeState::Pending,
        _ if page.has_failed() => declined("declined_by_provider"),
        _ => ChargeState::ActionRequired {
            client: json!({ "type": "redirect", "url": page.redirect_url }),
        },
    }
}

fn declined(code: &str) -> ChargeState {
    ChargeState::Declined { code: code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::klarna::testing::{self, PAYMENT};

    #[test]
    fn an_order_stands_where_its_money_does() {
        let rejected = declined("declined_by_provider");
        for (changed, expected, in_parts) in [
            (json!({}), ChargeState::Authorized, true),
            (json!({ "fraud_status": "PENDING" }), ChargeState::Pending, true),
            (
                json!({ "fraud_status": "REJECTED", "status": "CANCELLED", "remaining_authorized_amount": 0 }),
                rejected,
                false,
            ),
            (
                json!({ "status": "CANCELLED", "remaining_authorized_amount": 0 }),
                ChargeState::Voided,
                false,
            ),
            (
                json!({ "status": "PART_CAPTURED", "captured_amount": 1000, "remaining_authorized_amount": 3999 }),
                ChargeState::Captured,
                true,
            ),
            (
                json!({ "status": "CAPTURED", "captured_amount": 1000, "order_amount": 1000, "remaining_authorized_amount": 0 }),
                ChargeState::Captured,
                false,
            ),
            (json!({ "status": "A_STATUS_OF_TOMORROW" }), ChargeState::Pending, false),
        ] {
            let told = order(&testing::order(changed.clone()), PAYMENT, false, None).unwrap();
            assert_eq!((&told.state, told.in_parts), (&expected, in_parts), "{changed}");
            assert_eq!((told.payment, told.amount.minor), (PAYMENT, 4999), "{changed}");
            assert_eq!(told.capture_before.is_some(), in_parts, "{changed}");
        }
        let foreign = testing::order(json!({ "purchase_currency": "XYZ" }));
        assert!(matches!(order(&foreign, PAYMENT, false, None), Err(Fault::Nonsense(_))));
    }

    #[test]
    fn a_page_tells_whether_the_shopper_still_may() {
        let of = |status: &str| {
            let page = json!({ "session_id": "1", "status": status, "redirect_url": "https://pay.klarna.com/1" });
            state_of_page(&serde_json::from_value(page).unwrap())
        };
        let open = ChargeState::ActionRequired {
            client: json!({ "type": "redirect", "url": "https://pay.klarna.com/1" }),
        };
        for status in ["WAITING", "BACK", "IN_PROGRESS", "MANUAL_ID_CHECK"] {
            assert_eq!(of(status), open, "{status}");
        }
        for status in ["FAILED", "CANCELLED", "ERROR"] {
            assert_eq!(of(status), declined("declined_by_provider"), "{status}");
        }
        assert_eq!(
            (of("DISABLED"), of("COMPLETED")),
            (ChargeState::Voided, ChargeState::Pending)
        );
    }
}
