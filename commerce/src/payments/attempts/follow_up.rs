//! What follows from an attempt's new state.

use serde_json::json;
use vitrine_entity::{
    order::{self, OrderStatus},
    order_event::OrderEventKind,
    payment::{self, CaptureMode},
};

use super::{
    state::{Attempt, State},
    watch::watch,
};
use crate::{
    Result, Tx,
    companies::account,
    jobs::Job,
    orders::{Alert, alert, state::Transition, transition},
    payments::{
        owed,
        transfers::{capture, refund},
    },
};

/// What the attempt's new state means for its order, and what is to be done next.
pub(in crate::payments) async fn follow_up(tx: &Tx, order: order::Model, payment: &payment::Model) -> Result<()> {
    let state = Attempt::try_from(payment)?.state;
    if let State::Reopenable { .. } = state {
        tx.enqueue(order.id, Job::VoidPayment { payment: payment.id });
        return Ok(());
    }
    // The shopper has agreed to it at the provider, which waits to be asked for the money.
    if let State::Unknown { .. } = state {
        tx.enqueue(order.id, Job::ProcessPayment { payment: payment.id });
        return Ok(());
    }
    if payment.superseded || order.status == OrderStatus::Cancelled {
        return unwind(tx, order, payment, &state).await;
    }
    if payment.order_version.is_some() && !matches!(state, State::ActionRequired { .. }) {
        return follow_owed(tx, order, payment, &state).await;
    }
    let is_unpaid = matches!(
        order.status,
        OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed
    );
    match state {
        State::Captured { .. } if is_unpaid => pay(tx, &order, payment, "captured").await,
        State::Captured { captured_minor, .. } => {
            let data = json!({ "amountMinor": captured_minor, "currency": payment.currency });
            let order = transition::note(tx, &order, OrderEventKind::PaymentCaptured, true, data).await?;
            capture::follow(tx, &order, payment).await
        }
        State::Authorized { .. } if is_unpaid => {
            let paid = match payment.capture_mode {
                CaptureMode::ByStaff if payment.provider == account::METHOD => "on_account",
                CaptureMode::ByStaff => "promised",
                CaptureMode::AtOnce | CaptureMode::OnDispatch => "held",
            };
            pay(tx, &order, payment, paid).await?;
            match payment.capture_mode {
                CaptureMode::AtOnce => capture::request(tx, payment, None).await.map(|_| ()),
                CaptureMode::OnDispatch => {
                    watch(tx, payment);
                    Ok(())
                }
                CaptureMode::ByStaff => Ok(()),
            }
        }
        State::Declined { .. } | State::Voided if is_unpaid => {
            if order.status == OrderStatus::PaymentPending {
                let data = json!({ "declineCode": payment.decline_code.as_deref().unwrap_or("voided") });
                transition::apply(tx, &order, Transition::PaymentFailed, data).await?;
            }
            Ok(())
        }
        State::Voided => {
            alert(tx, order, &Alert::HoldEnded { payment: payment.id }).await?;
            Ok(())
        }
        State::ActionRequired { client } => {
            let (kind, data) = match client.get("text") {
                Some(text) => (OrderEventKind::PaymentInstructions, json!({ "instructions": text })),
                None => (OrderEventKind::PaymentActionRequired, json!({})),
            };
            transition::note(tx, &order, kind, true, data).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// As [`follow_up`], of what a change has put on: the order stays where it is, and owes less.
async fn follow_owed(tx: &Tx, order: order::Model, payment: &payment::Model, state: &State) -> Result<()> {
    if matches!(state, State::Authorized { .. }) && payment.capture_mode != CaptureMode::ByStaff {
        return capture::request(tx, payment, None).await.map(|_| ());
    }
    if !matches!(state, State::Authorized { .. } | State::Captured { .. }) {
        return Ok(());
    }
    let (is_less, order) = owed::recount(tx, order).await?;
    let is_here = matches!(state, State::Captured { .. });
    if is_here || is_less {
        let (kind, data) = match is_here {
            true => {
                let data = json!({ "amountMinor": payment.captured_minor, "currency": payment.currency });
                (OrderEventKind::PaymentCaptured, data)
            }
            false => (OrderEventKind::PaymentSucceeded, json!({ "paid": "promised" })),
        };
        transition::note(tx, &order, kind, true, data).await?;
        tx.make_needless([Job::SettlePayment { payment: payment.id }]);
    }
    Ok(())
}

/// `paid` says how the money stands: captured, held, or promised for later.
async fn pay(tx: &Tx, order: &order::Model, payment: &payment::Model, paid: &str) -> Result<()> {
    let data = json!({ "paid": paid });
    let order = transition::apply_before_next(tx, order, Transition::PaymentSucceeded, data).await?;
    tx.enqueue(order.id, Job::DeductStock { order: order.id });
    let (order, payment) = (order.id, payment.id);
    // It is decided, and does not expire any more.
    tx.make_needless([Job::SettlePayment { payment }, Job::ExpireOrder { order }]);
    Ok(())
}

/// Nobody wants this money: the order will not be delivered, or another attempt took its place.
async fn unwind(tx: &Tx, order: order::Model, payment: &payment::Model, state: &State) -> Result<()> {
    match state {
        State::Captured { .. } => {
            refund::request(tx, order, payment, refund::RefundReason::NotWanted).await?;
        }
        State::ActionRequired { .. } | State::Pending | State::Authorized { .. } => {
            tx.enqueue(payment.order_id, Job::VoidPayment { payment: payment.id });
        }
        State::Voided if payment.capture_before.is_some() => {
            transition::note(tx, &order, OrderEventKind::PaymentVoided, true, json!({})).await?;
        }
        _ => {}
    }
    Ok(())
}
