//! Applies what a provider tells of an attempt, and with it moves its order.

use chrono::TimeDelta;
use vitrine_entity::{
    capture::CaptureStatus,
    ids::PaymentId,
    order::OrderStatus,
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{
    follow_up::follow_up,
    load,
    state::{self, Attempt, Event},
    store,
};
use crate::{
    Result, Tx,
    jobs::Job,
    orders::{Alert, ChargeDifference, alert},
    payments::{
        ledger::{self, Operation},
        providers::trouble,
        saved::keep::keep,
        transfers::{balance::Balance, capture},
    },
    ports::payment::{ChargeState, ProviderCharge},
};

/// When an attempt that was given up is looked at for the last time.
pub(super) const LAST_LOOK: TimeDelta = TimeDelta::hours(24);

/// Moves the attempt and its order where the provider's word leads.
pub(in crate::payments) async fn apply(
    tx: &Tx,
    id: PaymentId,
    told: &ProviderCharge,
    operation: Operation,
) -> Result<()> {
    let (order, payment) = load::lock_with_order(tx, id).await?;
    let after_void = operation == Operation::Void;
    let event = Event::Told {
        charge: told,
        after_void,
    };
    let is_news = state::transition(&Attempt::try_from(&payment)?, &event).is_ok();
    if is_news || operation != Operation::LookUp {
        let kind = match operation {
            Operation::GiveUp => PaymentEntryKind::Decision,
            _ => PaymentEntryKind::Answer,
        };
        ledger::write(tx, id, kind, operation, None, ledger::redacted(told));
    }
    let balance = Balance::read(tx, &payment).await?;
    if let Some(difference) = difference(&payment, &balance, told) {
        let payment = id;
        alert(tx, order, &Alert::ChargeDiffers { payment, difference }).await?;
        return Ok(());
    }
    let before = payment.status;
    let is_wanted = order.status != OrderStatus::Cancelled && !payment.superseded;
    if told.state == ChargeState::Approved && payment.status == PaymentStatus::ActionRequired && !is_wanted {
        // Nothing is taken of it while nobody asks for it.
        tx.enqueue(payment.order_id, Job::VoidPayment { payment: id });
        return trouble::forget(tx, &payment).await;
    }
    if let Some(payment) = advance(tx, &payment, &event).await? {
        keep(tx, before, &payment, told.saved.as_ref()).await?;
        return follow_up(tx, order, &payment).await;
    }
    // An answer may be of another page than the one that the shopper was shown; what was looked up, or voided, is what we know.
    if payment.provider_reference.is_none() || matches!(operation, Operation::LookUp | Operation::Void) {
        store::know_by(tx, &payment, &told.reference).await?;
    }
    if state::is_dead(payment.status) && is_open(&told.state) && !after_void {
        // Given up here, and alive there.
        tx.enqueue(payment.order_id, Job::VoidPayment { payment: id });
    }
    trouble::forget(tx, &payment).await
}

/// Moves a locked attempt where the event leads it, and ends the capture that was asked for, if that
/// came of it; `None` when it stays where it is.
pub(in crate::payments) async fn advance(
    tx: &Tx,
    payment: &payment::Model,
    event: &Event<'_>,
) -> Result<Option<payment::Model>> {
    let (before, captured_before) = (payment.status, payment.captured_minor);
    let Some(payment) = store::advance(tx, payment, event).await? else {
        return Ok(None);
    };
    match payment.status {
        // Taken with the charge: nobody could ask for it before.
        PaymentStatus::Captured if matches!(before, PaymentStatus::Created | PaymentStatus::Unknown) => {}
        // Refunds come and go without one.
        PaymentStatus::Captured if payment.captured_minor <= captured_before => {}
        PaymentStatus::Captured => capture::close(tx, payment.id, CaptureStatus::Succeeded, None).await?,
        PaymentStatus::Voided => {
            // It cannot be captured any more; and one last look, for a call that was still on its way.
            capture::close(tx, payment.id, CaptureStatus::Failed, Some("it was given up")).await?;
            tx.enqueue_after(payment.order_id, Job::CheckPayment { payment: payment.id }, LAST_LOOK);
        }
        _ => {}
    }
    Ok(Some(payment))
}

/// Whether money is held, or may come to be.
pub(super) fn is_open(told: &ChargeState) -> bool {
    matches!(
        told,
        ChargeState::Authorized | ChargeState::ActionRequired { .. } | ChargeState::Approved | ChargeState::Pending
    )
}

/// Whether it tells what was captured before the part that is asked for now.
fn is_before_part(balance: &Balance, told: &ProviderCharge) -> bool {
    balance.captured > 0 && told.captured_minor == balance.captured
}

/// In what a provider's record is not our attempt's.
fn difference(payment: &payment::Model, balance: &Balance, told: &ProviderCharge) -> Option<ChargeDifference> {
    // Without a capture of its own, an attempt is captured wholly, with the charge.
    let expected = match (balance.captured + balance.capturing, payment.capture_mode) {
        (0, CaptureMode::AtOnce) => payment.amount_minor,
        (capture, _) => capture,
    };
    if told.payment != payment.id {
        Some(ChargeDifference::Attempt)
    } else if told.amount.currency != payment.currency {
        Some(ChargeDifference::Currency)
    } else if told.amount.minor != payment.amount_minor {
        Some(ChargeDifference::Amount)
    } else if told.live != payment.live {
        Some(ChargeDifference::Mode)
    } else if told.state == ChargeState::Captured && told.captured_minor != expected && !is_before_part(balance, told) {
        Some(ChargeDifference::Captured)
    } else if told.refunded_minor > balance.refunded + balance.refunding {
        Some(ChargeDifference::Refunded)
    } else {
        None
    }
}
