//! The job `VoidPayment`: gives up an authorization, or an attempt that waits for the shopper.

use serde_json::json;
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{CALL_TIMEOUT, apply, bounded, ledger, process, provider};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    ports::payment::{ProviderCharge, ProviderError},
};

/// Voids the attempt at the provider. If it was captured meanwhile, what follows from that
/// follows: the money is paid back.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, _)) = process::load(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let open = matches!(
        payment.status,
        PaymentStatus::ActionRequired | PaymentStatus::Pending | PaymentStatus::Authorized
    );
    let Some(reference) = payment.provider_reference.clone().filter(|_| open) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    record_request(shop, context, id).await?;
    let told = &void(shop, &payment, &reference).await?;
    shop.transact(context, |tx| async move {
        apply::apply(&tx, id, told, PaymentEntryKind::Answer, "void").await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

async fn record_request(shop: &Shop, context: &Context, id: PaymentId) -> Result<()> {
    let key = format!("{id}:void");
    let key = &key;
    shop.transact(context, |tx| async move {
        ledger::write(&tx, id, PaymentEntryKind::Request, "void", Some(key.clone()), json!({})).await
    })
    .await
}

async fn void(shop: &Shop, payment: &payment::Model, reference: &str) -> Result<ProviderCharge, JobError> {
    match bounded(
        CALL_TIMEOUT,
        provider(shop, &payment.provider)?.void(reference, payment.id),
    )
    .await
    {
        Ok(told) => Ok(told),
        // It cannot be voided in the state it is in: learn which that is.
        Err(ProviderError::Rejected(reason)) => {
            tracing::info!(payment = %payment.id, reason, "the provider refused to void");
            let found = process::look_up(shop, payment).await?;
            found.ok_or_else(|| process::again(shop, payment.created_at, ProviderError::Rejected(reason)))
        }
        Err(error) => Err(process::again(shop, payment.created_at, error)),
    }
}
