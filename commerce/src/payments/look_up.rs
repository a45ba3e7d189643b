//! Asks a provider for our attempt: the only way to learn an unknown outcome.

use chrono::TimeDelta;
use vitrine_entity::payment;

use super::call::{self, LOOK_UP_TIMEOUT};
use crate::{
    Shop,
    jobs::JobError,
    ports::payment::{ChargeLookup, ProviderCharge},
};

/// How far the provider's clock may be behind ours.
const CLOCKS_APART_MAX: TimeDelta = TimeDelta::minutes(10);

/// The provider's record; `None` if it never heard of the attempt.
pub(super) async fn look_up(shop: &Shop, payment: &payment::Model) -> Result<Option<ProviderCharge>, JobError> {
    let lookup = ChargeLookup {
        payment: payment.id,
        reference: payment.provider_reference.clone(),
        sent_after: payment.created_at - CLOCKS_APART_MAX,
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
