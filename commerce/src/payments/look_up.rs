//! Asks a provider for our attempt: the only way to learn an unknown outcome.

use chrono::TimeDelta;
use vitrine_entity::payment;

use super::{
    call::{self, LOOK_UP_TIMEOUT},
    ledger,
};
use crate::{
    Shop,
    jobs::JobError,
    ports::payment::{ChargeLookup, ProviderCharge},
};

/// How far the provider's clock may be behind ours.
const CLOCKS_APART_MAX: TimeDelta = TimeDelta::minutes(10);

/// The provider's record; `None` if it never heard of the attempt.
pub(super) async fn look_up(shop: &Shop, payment: &payment::Model) -> Result<Option<ProviderCharge>, JobError> {
    let sent_before = match payment.provider_reference {
        Some(_) => None,
        // It has to be searched for.
        None => ledger::last_sent(shop, payment.id).await?,
    };
    let lookup = ChargeLookup {
        payment: payment.id,
        reference: payment.provider_reference.clone(),
        sent_after: payment.created_at - CLOCKS_APART_MAX,
        sent_before: sent_before.map(|sent_at| sent_at + CLOCKS_APART_MAX),
    };
    let asked = async {
        let admitted = call::admit(shop, &payment.provider).await?;
        admitted.call(LOOK_UP_TIMEOUT, admitted.provider.find(&lookup)).await
    };
    match asked.await {
        Ok(found) => Ok(found),
        Err(error) => {
            call::note_trouble(shop, payment.id, &error).await?;
            Err(call::again(shop, payment.created_at, error))
        }
    }
}
