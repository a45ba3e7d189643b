//! PayPal's records in our words.

use chrono::{DateTime, Utc};
use serde_json::json;
use vitrine_commerce::{
    money::Money,
    ports::payment::{ChargeState, ProviderCharge, ProviderRefund, RefundState, StatementCharge},
};
use vitrine_entity::ids::PaymentId;

use super::{
    amount::Amount,
    fault::Fault,
    names::Named,
    object::{Order, Refunded},
};

/// An order that `asked_for` was asked about. That is believed where the order names nobody.
pub(super) fn charge(
    order: &Order,
    asked_for: PaymentId,
    live: bool,
    request_id: Option<String>,
) -> Result<ProviderCharge, Fault> {
    let sums = Sums::of(order)?;
    let named = Named::read(order.unit().and_then(|unit| unit.custom_id.as_deref()));
    let state = state(order, sums.captured_minor);
    Ok(ProviderCharge {
        reference: order.id.clone(),
        payment: named.map_or(asked_for, |named| named.payment),
        capture_before: match state {
            ChargeState::Authorized => order.authorization().and_then(|held| held.expiration_time),
            _ => None,
        },
        state,
        amount: sums.amount,
        captured_minor: sums.captured_minor,
        refunded_minor: sums.refunded_minor,
        live,
        // Its captures are paid back each by itself: it is taken once, so that there is one.
        in_parts: false,
        saved: None,
        request_id,
    })
}

/// An order that was declined when we asked for the money; its own state may still say that it waits.
pub(super) fn declined(
    reference: &str,
    payment: PaymentId,
    amount: Money,
    live: bool,
    (code, request_id): (String, Option<String>),
) -> ProviderCharge {
    ProviderCharge {
        reference: reference.to_owned(),
        payment,
        state: ChargeState::Declined { code },
        amount,
        captured_minor: 0,
        refunded_minor: 0,
        live,
        capture_before: None,
        in_parts: false,
        saved: None,
        request_id,
    }
}

/// An order in the books, whose money was taken at `created_at`.
pub(super) fn statement_charge(
    order: &Order,
    payment: PaymentId,
    live: bool,
    created_at: DateTime<Utc>,
) -> Result<StatementCharge, Fault> {
    let sums = Sums::of(order)?;
    Ok(StatementCharge {
        reference: order.id.clone(),
        payment: Some(payment),
        state: state(order, sums.captured_minor),
        amount: sums.amount,
        captured_minor: sums.captured_minor,
        refunded_minor: sums.refunded_minor,
        live,
        created_at,
    })
}

pub(super) fn refund(refund: &Refunded, request_id: Option<String>) -> Result<ProviderRefund, Fault> {
    let state = match refund.status.as_str() {
        "COMPLETED" => RefundState::Succeeded,
        failed @ ("FAILED" | "CANCELLED") => {
            let reason = refund
                .status_details
                .as_ref()
                .and_then(|details| details.reason.as_deref());
            RefundState::Failed {
                reason: reason.unwrap_or(failed).to_ascii_lowercase(),
            }
        }
        // Pending, and what PayPal may think of next.
        _ => RefundState::Pending,
    };
    Ok(ProviderRefund {
        reference: refund.id.clone(),
        state,
        amount: money(refund.amount.as_ref(), "a refund")?,
        request_id,
    })
}

/// What is told of a sum.
pub(super) fn money(amount: Option<&Amount>, what: &str) -> Result<Money, Fault> {
    amount
        .ok_or_else(|| Fault::Nonsense(format!("{what} without its amount")))?
        .money()
}

fn state(order: &Order, captured_minor: i64) -> ChargeState {
    let has = |status: &str| order.captures().iter().any(|capture| capture.status == status);
    let declined = || ChargeState::Declined {
        code: "card_declined".to_owned(),
    };
    if captured_minor > 0 {
        return ChargeState::Captured;
    }
    if has("PENDING") {
        return ChargeState::Pending;
    }
    if has("DECLINED") || has("FAILED") {
        return declined();
    }
    match order.authorization().map(|held| held.status.as_str()) {
        Some("CREATED") => ChargeState::Authorized,
        Some("DENIED") => declined(),
        Some("VOIDED" | "EXPIRED") => ChargeState::Voided,
        // `PENDING`, taken with nothing to show for it, and what PayPal may think of next: nothing is decided.
        Some(_) => ChargeState::Pending,
        None => match order.status.as_str() {
            "APPROVED" => ChargeState::Approved,
            "VOIDED" => ChargeState::Voided,
            "CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED" => ChargeState::ActionRequired {
                client: json!({ "type": "redirect", "url": order.payer_action() }),
            },
            _ => ChargeState::Pending,
        },
    }
}

struct Sums {
    amount: Money,
    captured_minor: i64,
    /// What was paid back, and what is on its way.
    refunded_minor: i64,
}

impl Sums {
    fn of(order: &Order) -> Result<Self, Fault> {
        let amount = money(order.unit().and_then(|unit| unit.amount.as_ref()), "an order")?;
        let mut sums = Self {
            amount,
            captured_minor: 0,
            refunded_minor: 0,
        };
        for capture in order.captures().iter().filter(|capture| capture.is_ours()) {
            sums.captured_minor += same(money(capture.amount.as_ref(), "a capture")?, amount)?;
        }
        for refund in order.refunds().iter().filter(|refund| !refund.has_failed()) {
            sums.refunded_minor += same(money(refund.amount.as_ref(), "a refund")?, amount)?;
        }
        Ok(sums)
    }
}

/// A part in its whole's currency.
fn same(part: Money, whole: Money) -> Result<i64, Fault> {
    match part.currency == whole.currency {
        true => Ok(part.minor),
        false => Err(Fault::Nonsense(format!("{part} of {whole}"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::payment::paypal::testing::{PAYMENT, order};

    fn read(status: &str, payments: Value) -> ProviderCharge {
        charge(&order(status, payments), PAYMENT, false, None).unwrap()
    }

    fn part(status: &str, value: &str) -> Value {
        json!({ "id": "X1", "status": status, "amount": { "currency_code": "EUR", "value": value } })
    }

    #[test]
    fn an_order_stands_where_its_money_does() {
        let action = ChargeState::ActionRequired {
            client: json!({ "type": "redirect", "url": "https://www.paypal.com/checkoutnow?token=5O190127TN364715T" }),
        };
        let declined = ChargeState::Declined {
            code: "card_declined".to_owned(),
        };
        let taken = |status: &str| json!({ "captures": [part(status, "49.99")] });
        let held = |status: &str| json!({ "authorizations": [part(status, "49.99")] });
        for (status, payments, expected) in [
            ("PAYER_ACTION_REQUIRED", Value::Null, action.clone()),
            ("CREATED", json!({}), action),
            ("APPROVED", Value::Null, ChargeState::Approved),
            ("VOIDED", Value::Null, ChargeState::Voided),
            ("A_STATUS_OF_TOMORROW", Value::Null, ChargeState::Pending),
            ("COMPLETED", taken("COMPLETED"), ChargeState::Captured),
            ("COMPLETED", taken("REFUNDED"), ChargeState::Captured),
            ("COMPLETED", taken("PENDING"), ChargeState::Pending),
            ("COMPLETED", taken("DECLINED"), declined.clone()),
            ("COMPLETED", held("CREATED"), ChargeState::Authorized),
            ("COMPLETED", held("PENDING"), ChargeState::Pending),
            ("COMPLETED", held("DENIED"), declined),
            ("COMPLETED", held("VOIDED"), ChargeState::Voided),
        ] {
            let told = read(status, payments.clone());
            assert_eq!(told.state, expected, "{status} {payments}");
            assert_eq!((told.payment, told.amount.minor), (PAYMENT, 4999));
        }
    }

    #[test]
    fn sums_are_of_what_was_taken_and_what_went_back() {
        let payments = json!({
            "authorizations": [part("CAPTURED", "49.99")],
            "captures": [part("PARTIALLY_REFUNDED", "30.00"), part("DECLINED", "49.99")],
            "refunds": [part("COMPLETED", "5.00"), part("PENDING", "1.00"), part("FAILED", "9.00")],
        });
        let told = read("COMPLETED", payments);
        assert_eq!((told.captured_minor, told.refunded_minor), (3000, 600));
        assert_eq!((told.state, told.capture_before), (ChargeState::Captured, None));
        let foreign = json!({ "captures": [{ "id": "X", "status": "COMPLETED", "amount": { "currency_code": "USD", "value": "1.00" } }] });
        let read = charge(&order("COMPLETED", foreign), PAYMENT, false, None);
        assert!(matches!(read, Err(Fault::Nonsense(_))), "{read:?}");
    }

    #[test]
    fn an_authorization_says_how_long_it_holds() {
        let held = json!({ "authorizations": [{ "id": "A", "status": "CREATED", "expiration_time": "2026-12-29T10:00:00Z",
            "amount": { "currency_code": "EUR", "value": "49.99" } }] });
        let until = read("COMPLETED", held).capture_before.unwrap();
        assert_eq!(until.to_rfc3339(), "2026-12-29T10:00:00+00:00");
    }
}
