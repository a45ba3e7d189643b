//! Authorizations that are about to lapse: staff are told while there is time to capture.

use chrono::TimeDelta;
use vitrine_entity::{ids::PaymentId, payment};

use super::{
    load,
    state::{Attempt, State},
};
use crate::{
    Context, Result, Shop, Tx,
    jobs::{Job, JobError},
    orders::{Alert, alert},
    outbox::Lease,
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
        if let State::Authorized { capture_before } = Attempt::try_from(&payment)?.state {
            let (payment, until) = (payment.id, capture_before);
            alert(&tx, order, &Alert::HoldEnds { payment, until }).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}
