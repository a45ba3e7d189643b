//! Calls a provider that keeps cards.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    Error, Fault, Shop,
    jobs::JobError,
    payments::providers::call::{self, Admitted, LOOK_UP_TIMEOUT},
    ports::payment::{ProviderError, SavedMethod, SavedMethods},
};

/// For how long a provider is asked that is away, or is no longer configured, until staff look at it.
const ASKED_MAX: TimeDelta = TimeDelta::days(30);

/// How the provider keeps cards.
pub(super) fn saved_methods<'a>(admitted: &'a Admitted<'_>) -> Result<&'a dyn SavedMethods, ProviderError> {
    let saved = admitted.provider.saved_methods();
    saved.ok_or_else(|| ProviderError::Misconfigured(format!("`{}` keeps no cards", admitted.provider.name())))
}

/// Asks a provider whether it has a customer still.
pub(super) async fn has_customer(shop: &Shop, provider: &str, reference: &str) -> Result<bool, ProviderError> {
    let admitted = call::admit(shop, provider).await?;
    let saved = saved_methods(&admitted)?;
    admitted.call(LOOK_UP_TIMEOUT, saved.has_customer(reference)).await
}

/// Asks a provider what has become of a card that it keeps for this customer.
pub(super) async fn find_method(
    shop: &Shop,
    provider: &str,
    customer: &str,
    reference: &str,
) -> Result<Option<SavedMethod>, ProviderError> {
    let admitted = call::admit(shop, provider).await?;
    let saved = saved_methods(&admitted)?;
    admitted
        .call(LOOK_UP_TIMEOUT, saved.find_method(customer, reference))
        .await
}

/// Whether nobody is left to ask: the provider has been out of the shop's configuration, or has kept no cards, for as long as it
/// is asked at most. Staff who have an account there still delete it by hand.
pub(super) fn is_in_vain(shop: &Shop, name: &str, since: DateTime<Utc>) -> bool {
    let keeps_cards = call::provider(shop, name).is_ok_and(|provider| provider.saved_methods().is_some());
    !keeps_cards && shop.now() - since > ASKED_MAX
}

/// When a job is retried after this error that has been wanted since then.
pub(super) fn retry(shop: &Shop, since: DateTime<Utc>, error: ProviderError) -> JobError {
    match shop.now() - since > ASKED_MAX {
        true => JobError::Bury(Error::Fault(Fault::Provider(error))),
        false => call::retry(shop, since, error),
    }
}
