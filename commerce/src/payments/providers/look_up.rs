//! Asks a provider for our attempt: the only way to learn an unknown outcome.

use vitrine_entity::{payment, provider_circuit};

use super::{
    call::{self, Admitted, LOOK_UP_TIMEOUT},
    trouble,
};
use crate::{
    Result, Shop,
    jobs::JobError,
    payments::ledger,
    ports::{
        clock::CLOCKS_APART_MAX,
        payment::{ChargeLookup, ProviderCharge, ProviderError},
    },
};

/// The provider's record; `None` if it never heard of the attempt.
pub(in crate::payments) async fn look_up(
    shop: &Shop,
    payment: &payment::Model,
) -> Result<Option<ProviderCharge>, JobError> {
    let asked = ask(shop, payment).await?;
    asked.map_err(|error| call::retry(shop, payment.created_at, error))
}

/// As [`look_up`], for whoever has just read the provider's `circuit`.
pub(in crate::payments) async fn look_up_knowing(
    shop: &Shop,
    payment: &payment::Model,
    circuit: Option<provider_circuit::Model>,
) -> Result<Option<ProviderCharge>, JobError> {
    let asked = ask_by(shop, payment, call::admit_knowing(shop, &payment.provider, circuit)).await?;
    asked.map_err(|error| call::retry(shop, payment.created_at, error))
}

/// As [`look_up`], with the provider's error as it is.
pub(in crate::payments) async fn ask(
    shop: &Shop,
    payment: &payment::Model,
) -> Result<Result<Option<ProviderCharge>, ProviderError>> {
    ask_by(shop, payment, call::admit(shop, &payment.provider)).await
}

async fn ask_by<'shop>(
    shop: &'shop Shop,
    payment: &payment::Model,
    admitted: impl Future<Output = Result<Admitted<'shop>, ProviderError>>,
) -> Result<Result<Option<ProviderCharge>, ProviderError>> {
    let sent_before = match payment.provider_reference {
        Some(_) => None,
        // It has to be searched for, if there can be anything to find: every request stands in the
        // ledger before it is made.
        None => match ledger::last_sent(shop, payment.id, &payment.id.to_string()).await? {
            Some(sent_at) => Some(sent_at + CLOCKS_APART_MAX),
            None => return Ok(Ok(None)),
        },
    };
    let lookup = ChargeLookup {
        payment: payment.id,
        reference: payment.provider_reference.clone(),
        sent_after: payment.created_at - CLOCKS_APART_MAX,
        sent_before,
    };
    let asked = async {
        let admitted = admitted.await?;
        admitted.call(LOOK_UP_TIMEOUT, admitted.provider.find(&lookup)).await
    };
    let asked = asked.await;
    if let Err(error) = &asked {
        trouble::note(shop, payment.id, error).await?;
    }
    Ok(asked)
}
