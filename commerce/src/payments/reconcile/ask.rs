//! What a run asks the provider. No transaction is open meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_entity::{ids::PaymentId, reconciliation};

use crate::{
    Shop,
    jobs::JobError,
    payments::call::{self, LOOK_UP_TIMEOUT},
    ports::payment::{ChargeLookup, ProviderCharge, ProviderError, StatementPage},
};

/// The next page of the provider's books.
pub(super) async fn statement(shop: &Shop, run: &reconciliation::Model) -> Result<StatementPage, JobError> {
    let asked = async {
        let admitted = call::admit(shop, &run.provider).await?;
        let page = admitted
            .provider
            .statement(run.since, run.until, run.page_cursor.as_deref());
        admitted.call(LOOK_UP_TIMEOUT, page).await
    };
    asked.await.map_err(|error| call::again(shop, run.created_at, error))
}

/// What a look-up brought.
pub(super) enum Asked {
    Charge(ProviderCharge),
    /// The provider does not know it.
    Nothing,
    /// The provider does not take the question, and will not.
    Refused,
}

/// Looks a charge up: the one with this reference, or else any that names the payment. `since` is
/// when whoever asks began to.
pub(super) async fn find(
    shop: &Shop,
    provider: &str,
    payment: PaymentId,
    reference: Option<&str>,
    since: DateTime<Utc>,
) -> Result<Asked, JobError> {
    let lookup = ChargeLookup {
        payment,
        reference: reference.map(str::to_owned),
        // The id tells when the attempt was made, also of one that has no row here.
        sent_after: made_at(payment).unwrap_or(since),
    };
    let asked = async {
        let admitted = call::admit(shop, provider).await?;
        admitted.call(LOOK_UP_TIMEOUT, admitted.provider.find(&lookup)).await
    };
    match asked.await {
        Ok(Some(charge)) => Ok(Asked::Charge(charge)),
        Ok(None) => Ok(Asked::Nothing),
        Err(ProviderError::Rejected(reason)) => {
            tracing::warn!(provider, %payment, reason, "the provider refused to look a charge up");
            Ok(Asked::Refused)
        }
        Err(error) => Err(call::again(shop, since, error)),
    }
}

/// A little before the attempt was made: the provider's clock may be behind ours.
fn made_at(payment: PaymentId) -> Option<DateTime<Utc>> {
    let (seconds, nanoseconds) = payment.0.get_timestamp()?.to_unix();
    let made_at = DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)?;
    Some(made_at - TimeDelta::minutes(10))
}
