//! The job `VoidPayment`: gives up an authorization, or what is left of one that was captured in parts, or an attempt that waits
//! for the shopper, or that was declined and could still be confirmed by their browser.

use chrono::TimeDelta;
use serde_json::json;
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
};

use super::{
    apply::{apply, is_open},
    load,
    process::never_charged,
    store::is_confirmable,
};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    orders::Purpose,
    outbox::Lease,
    payments::{
        ledger::{self, Operation},
        providers::{call::MOVE_TIMEOUT, job::ProviderJob},
        transfers::capture,
    },
    ports::payment::{ChargeState, ProviderCharge, ProviderError, Void},
};

/// How soon, and how late at the latest, an attempt is voided again that cannot be at present.
const PAUSE_MIN: TimeDelta = TimeDelta::minutes(1);
const PAUSE_MAX: TimeDelta = TimeDelta::hours(6);

/// Voids the attempt at the provider. If it was captured meanwhile, what follows from that
/// follows: the money is paid back.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some(load::Loaded { payment, .. }) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let is_rest = match payment.status {
        PaymentStatus::Captured | PaymentStatus::Refunded if payment.captures_in_parts => {
            let free = shop.transact(context, |tx| async move { capture::is_rest_free(&tx, id).await });
            free.await?
        }
        _ => false,
    };
    let is_taken = matches!(payment.status, PaymentStatus::Captured | PaymentStatus::Refunded) && !is_rest;
    if is_taken || matches!(payment.status, PaymentStatus::Created | PaymentStatus::Unknown) {
        return Ok(lease.finish_alone(shop).await?);
    }
    let job = ProviderJob {
        shop,
        context,
        payment: &payment,
        purpose: Purpose::Release,
        // The attempt itself may be days old.
        since: lease.created_at,
        in_progress: false,
    };
    let told = &void(&job, is_rest).await?;
    shop.transact(context, |tx| async move {
        apply(&tx, id, told, Operation::Void).await?;
        if is_rest {
            capture::note_released(&tx, id).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

async fn void(job: &ProviderJob<'_>, is_rest: bool) -> Result<ProviderCharge, JobError> {
    let (shop, context, payment) = (job.shop, job.context, job.payment);
    let what = if is_rest { "release" } else { "void" };
    let first_key = format!("{}:{what}", payment.id);
    let sends = ledger::sends(shop, payment.id, &first_key).await?;
    // That a part was captured tells nothing of the rest.
    let before = match (sends > 0 || is_confirmable(payment)) && !is_rest {
        true => job.look_up().await?,
        false => None,
    };
    if let Some(told) = before.clone().filter(|told| is_over(payment, told)) {
        return Ok(told);
    }
    let key = job.next_key(&first_key, sends).await?;
    let admitted = job.admit().await?;
    let request = Void {
        payment: payment.id,
        reference: payment.provider_reference.clone().unwrap_or_default(),
        key,
    };
    ledger::request(shop, context, payment.id, Operation::Void, &request.key, json!({})).await?;
    match admitted.call(MOVE_TIMEOUT, admitted.provider.void(&request)).await {
        Ok(told) => Ok(told),
        Err(error) => {
            ledger::failed(shop, context, payment.id, Operation::Void, &request.key, &error).await?;
            match error {
                ProviderError::Rejected(reason) => rejected(job, before.as_ref(), &reason).await,
                error => Err(job.retry(error).await),
            }
        }
    }
}

/// It cannot be voided in the state it is in: learn which that is. It may be one that passes by
/// itself.
async fn rejected(
    job: &ProviderJob<'_>,
    before: Option<&ProviderCharge>,
    reason: &str,
) -> Result<ProviderCharge, JobError> {
    let (shop, payment) = (job.shop, job.payment);
    let Some(told) = job.look_up().await? else {
        return Ok(never_charged(payment, ChargeState::Voided)?);
    };
    // Declined before it was asked to give it up and after it said no: what it does not give up, it
    // does not let anybody confirm either.
    let stays_declined = is_declined(&told) && before.is_some_and(is_declined);
    if stays_declined || is_over(payment, &told) {
        return Ok(told);
    }
    tracing::info!(payment = %payment.id, reason, "the provider does not void yet");
    let pause = ((shop.now() - payment.created_at) / 4).clamp(PAUSE_MIN, PAUSE_MAX);
    match told.state {
        // It is with the shopper's bank: that takes days, and nobody can hasten it.
        ChargeState::Pending => Err(JobError::Defer(pause)),
        _ => Err(job.postpone(pause).await),
    }
}

/// Whether no money can come of it any more, or all has come. A decline is no end of what the
/// shopper's browser can confirm with another card: before it is voided, no other attempt may open
/// beside it.
fn is_over(payment: &payment::Model, told: &ProviderCharge) -> bool {
    match told.state {
        ChargeState::Declined { .. } => !is_confirmable(payment),
        _ => !is_open(&told.state),
    }
}

fn is_declined(told: &ProviderCharge) -> bool {
    matches!(told.state, ChargeState::Declined { .. })
}
