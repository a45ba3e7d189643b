//! Authorizations that are about to lapse: staff are told while there is time to capture.

use chrono::TimeDelta;
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
};

use super::{alert::alert, load};
use crate::{
    Context, Result, Shop, Tx,
    jobs::{Job, JobError},
    orders::transition,
    outbox::Lease,
};

/// How long before an authorization lapses staff are told of it.
const WARNED_BEFORE: TimeDelta = TimeDelta::hours(24);

/// How long after it has lapsed the provider is asked what has become of it.
const LOOKED_AT_AFTER: TimeDelta = TimeDelta::minutes(5);

/// Sees to it that an authorization does not lapse unseen.
pub(super) fn watch(tx: &Tx, payment: &payment::Model) {
    let Some(capture_before) = payment.capture_before else {
        return;
    };
    let left = capture_before - tx.shop().now();
    let warn_in = (left - WARNED_BEFORE).max(left / 2).max(TimeDelta::zero());
    tx.enqueue_after(Job::WatchAuthorization { payment: payment.id }, warn_in);
    tx.enqueue_after(
        Job::CheckPayment { payment: payment.id },
        left.max(TimeDelta::zero()) + LOOKED_AT_AFTER,
    );
}

/// The job `WatchAuthorization`.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, order)) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, order.id).await?;
        let payment = load::lock(&tx, payment.id).await?;
        if let (PaymentStatus::Authorized, Some(until)) = (payment.status, payment.capture_before) {
            let until = until.format("%Y-%m-%d %H:%M UTC");
            let message = format!("The money that is held for this order is released on {until}: capture it before.");
            alert(&tx, order, &message).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}
