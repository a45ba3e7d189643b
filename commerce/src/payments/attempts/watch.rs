//! Authorizations that are about to lapse: while there is time, what has left the house is captured, and staff are told of the
//! rest, or it is captured with it.

use chrono::TimeDelta;
use vitrine_entity::{
    ids::PaymentId,
    order::OrderStatus,
    payment::{self, CaptureMode, PaymentStatus},
};

use super::load;
use crate::{
    Context, Result, Shop, Tx,
    jobs::{Job, JobError},
    orders::{Alert, alert},
    outbox::Lease,
    payments::transfers::capture,
};

/// How long before an authorization lapses staff are told of it.
const WARNED_BEFORE: TimeDelta = TimeDelta::hours(24);

/// When an authorization is thought to lapse whose provider does not tell: cards hold for a week.
const LAPSES_UNTOLD: TimeDelta = TimeDelta::days(6);

/// How long after it has lapsed the provider is asked what has become of it.
const LOOKED_AT_AFTER: TimeDelta = TimeDelta::minutes(5);

/// Sees to it that an authorization does not lapse unseen.
pub(in crate::payments) fn watch(tx: &Tx, payment: &payment::Model) {
    let now = tx.shop().now();
    let left = payment.capture_before.unwrap_or(now + LAPSES_UNTOLD) - now;
    let warn_in = (left - WARNED_BEFORE).max(left / 2).max(TimeDelta::zero());
    tx.enqueue_after(
        payment.order_id,
        Job::WatchAuthorization { payment: payment.id },
        warn_in,
    );
    tx.enqueue_after(
        payment.order_id,
        Job::CheckPayment { payment: payment.id },
        left.max(TimeDelta::zero()) + LOOKED_AT_AFTER,
    );
}

/// The job `WatchAuthorization`.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some(load::Loaded { payment, .. }) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    shop.transact(context, |tx| async move {
        let (order, payment) = load::lock_with_order(&tx, payment.id).await?;
        let is_wanted = order.status != OrderStatus::Cancelled && !payment.superseded;
        if is_wanted && is_held(&payment) && !capture::before_hold_ends(&tx, &order, &payment).await? {
            let (payment, until) = (payment.id, payment.capture_before);
            alert(&tx, order, &Alert::HoldEnds { payment, until }).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Whether there is money to be captured: all of it, or what parcels that left have not taken yet.
fn is_held(payment: &payment::Model) -> bool {
    let is_part = payment.captures_in_parts && payment.captured_minor < payment.amount_minor;
    let may = match payment.status {
        PaymentStatus::Authorized => true,
        PaymentStatus::Captured | PaymentStatus::Refunded => is_part,
        _ => false,
    };
    may && payment.capture_mode == CaptureMode::OnDispatch
}
