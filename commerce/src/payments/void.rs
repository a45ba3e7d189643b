//! The job `VoidPayment`: gives up an authorization, or an attempt that waits for the shopper, or that
//! was declined and could still be confirmed by their browser.

use chrono::TimeDelta;
use serde_json::json;
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
};

use super::{
    apply::{VOID, apply, is_open},
    call::{self, MOVE_TIMEOUT},
    ledger, load, look_up,
    process::never_charged,
};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    ports::payment::{ChargeState, ProviderCharge, ProviderError, Void},
};

/// How soon, and how late at the latest, an attempt is voided again that cannot be at present.
const PAUSE_MIN: TimeDelta = TimeDelta::minutes(1);
const PAUSE_MAX: TimeDelta = TimeDelta::hours(6);

/// Voids the attempt at the provider. If it was captured meanwhile, what follows from that
/// follows: the money is paid back.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, _)) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if matches!(
        payment.status,
        PaymentStatus::Created | PaymentStatus::Unknown | PaymentStatus::Captured | PaymentStatus::Refunded
    ) {
        return Ok(lease.finish_alone(shop).await?);
    }
    let told = &void(shop, context, &payment).await?;
    shop.transact(context, |tx| async move {
        apply(&tx, id, told, VOID).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

async fn void(shop: &Shop, context: &Context, payment: &payment::Model) -> Result<ProviderCharge, JobError> {
    let first_key = format!("{}:void", payment.id);
    let sends = ledger::sends(shop, payment.id, &first_key).await?;
    if sends > 0
        && let Some(told) = look_up(shop, payment).await?.filter(is_over)
    {
        return Ok(told);
    }
    let admitted = match call::admit(shop, &payment.provider).await {
        Ok(admitted) => admitted,
        Err(error) => return Err(call::again(shop, payment.created_at, error)),
    };
    let request = Void {
        payment: payment.id,
        reference: payment.provider_reference.clone().unwrap_or_default(),
        key: ledger::key_after(&first_key, sends),
    };
    ledger::request(shop, context, payment.id, VOID, &request.key, json!({})).await?;
    match admitted.call(MOVE_TIMEOUT, admitted.provider.void(&request)).await {
        Ok(told) => Ok(told),
        Err(error) => {
            ledger::failed(shop, context, payment.id, VOID, &request.key, &error).await?;
            match error {
                // It cannot be voided in the state it is in: learn which that is. It may be one that
                // passes by itself.
                ProviderError::Rejected(reason) => match look_up(shop, payment).await? {
                    Some(told) if is_over(&told) => Ok(told),
                    Some(_) => {
                        tracing::info!(payment = %payment.id, reason, "the provider does not void yet");
                        let pause = (shop.now() - payment.created_at) / 4;
                        Err(JobError::Defer(pause.clamp(PAUSE_MIN, PAUSE_MAX)))
                    }
                    None => Ok(never_charged(payment, ChargeState::Voided)?),
                },
                error => Err(call::again(shop, payment.created_at, error)),
            }
        }
    }
}

fn is_over(told: &ProviderCharge) -> bool {
    !is_open(&told.state)
}
