//! Calls a provider that keeps cards.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    Error, Fault, Shop,
    jobs::JobError,
    payments::providers::call::{self, Admitted},
    ports::payment::{ProviderError, SavedMethods},
};

/// For how long a provider is asked that is away, or is no longer configured, until staff look at it.
const ASKED_MAX: TimeDelta = TimeDelta::days(30);

/// How the provider keeps cards.
pub(super) fn saved_methods<'a>(admitted: &'a Admitted<'_>) -> Result<&'a dyn SavedMethods, ProviderError> {
    let saved = admitted.provider.saved_methods();
    saved.ok_or_else(|| ProviderError::Misconfigured(format!("`{}` keeps no cards", admitted.provider.name())))
}

/// When a job is retried after this error that has been wanted since then.
pub(super) fn retry(shop: &Shop, since: DateTime<Utc>, error: ProviderError) -> JobError {
    match shop.now() - since > ASKED_MAX {
        true => JobError::Bury(Error::Fault(Fault::Provider(error))),
        false => call::retry(shop, since, error),
    }
}
