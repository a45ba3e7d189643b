//! The job `VoidPayment`: gives up an authorization, or an attempt that waits for the shopper, or that
//! was declined and could still be confirmed by their browser.

use serde_json::json;
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
};

use super::{
    apply::apply,
    call::{self, MOVE_TIMEOUT},
    ledger, load, look_up,
};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    ports::payment::{ChargeState, ProviderCharge, ProviderError, Void},
};

/// Voids the attempt at the provider. If it was captured meanwhile, what follows from that
/// follows: the money is paid back.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, _)) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if !matches!(
        payment.status,
        PaymentStatus::ActionRequired | PaymentStatus::Pending | PaymentStatus::Authorized | PaymentStatus::Declined
    ) {
        return Ok(lease.finish_alone(shop).await?);
    }
    let told = &void(shop, context, &payment).await?;
    shop.transact(context, |tx| async move {
        apply(&tx, id, told, "void").await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

async fn void(shop: &Shop, context: &Context, payment: &payment::Model) -> Result<ProviderCharge, JobError> {
    let key = format!("{}:void", payment.id);
    if ledger::was_requested(shop, payment.id, &key).await?
        && let Some(told) = look_up(shop, payment).await?.filter(|told| !is_open(&told.state))
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
        key,
    };
    ledger::request(shop, context, payment.id, "void", &request.key, json!({})).await?;
    match admitted.call(MOVE_TIMEOUT, admitted.provider.void(&request)).await {
        Ok(told) => Ok(told),
        Err(error) => {
            ledger::failed(shop, context, payment.id, "void", &request.key, &error).await?;
            match error {
                // It cannot be voided in the state it is in: learn which that is.
                ProviderError::Rejected(reason) => {
                    let found = look_up(shop, payment).await?.filter(|told| !is_open(&told.state));
                    found.ok_or_else(|| call::again(shop, payment.created_at, ProviderError::Rejected(reason)))
                }
                error => Err(call::again(shop, payment.created_at, error)),
            }
        }
    }
}

fn is_open(state: &ChargeState) -> bool {
    matches!(state, ChargeState::Authorized | ChargeState::ActionRequired { .. })
}
