//! What a run asks the provider. No transaction is open meanwhile.

use chrono::{DateTime, Utc};
use vitrine_entity::{ids::PaymentId, reconciliation};

use super::progress;
use crate::{
    Result, Shop,
    jobs::JobError,
    payments::{
        ledger,
        providers::call::{self, LOOK_UP_TIMEOUT},
    },
    ports::{
        clock::CLOCKS_APART_MAX,
        payment::{ChargeLookup, ProviderCharge, ProviderError, StatementPage},
    },
};

/// How often a run asks about an attempt before it asks whether that alone is not answered.
const TRIES_MAX: i32 = 3;

/// A page of the provider's books, or why it will never show it.
pub(super) async fn statement(
    shop: &Shop,
    run: &reconciliation::Model,
    cursor: Option<&str>,
) -> Result<Result<StatementPage, String>, JobError> {
    let asked = async {
        let admitted = call::admit(shop, &run.provider).await?;
        let page = admitted.provider.statement(run.since, run.until, cursor);
        admitted.call(LOOK_UP_TIMEOUT, page).await
    };
    match asked.await {
        Ok(page) => Ok(Ok(page)),
        Err(ProviderError::Rejected(reason)) => Ok(Err(reason)),
        Err(error) => Err(call::retry(shop, run.created_at, error)),
    }
}

/// What a look-up brought.
pub(super) enum Asked {
    Charge(Box<ProviderCharge>),
    /// The provider does not know it.
    Nothing,
    /// The provider does not take the question, and will not.
    Refused,
}

/// Looks a charge up for a run. `None`: the provider answers others, and has not answered this one
/// for some time, so that the run goes on without it.
pub(super) async fn find_or_skip(
    shop: &Shop,
    run: &reconciliation::Model,
    payment: PaymentId,
    reference: Option<&str>,
) -> Result<Option<Asked>, JobError> {
    let is_last_try = run.tries >= TRIES_MAX;
    if is_last_try {
        // Be it a page or a no, it answers; if it is away, the run waits for it.
        drop(statement(shop, run, None).await?);
    }
    match look_up(shop, &run.provider, payment, reference, run.created_at).await? {
        Ok(asked) => Ok(Some(asked)),
        Err(error @ ProviderError::Unknown(_)) if is_last_try => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(provider = run.provider, %payment, error, "a charge cannot be looked up: it is left out");
            Ok(None)
        }
        Err(error) => {
            if matches!(error, ProviderError::Unknown(_)) {
                progress::tried(shop, run).await?;
            }
            Err(call::retry(shop, run.created_at, error))
        }
    }
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
    let asked = look_up(shop, provider, payment, reference, since).await?;
    asked.map_err(|error| call::retry(shop, since, error))
}

async fn look_up(
    shop: &Shop,
    provider: &str,
    payment: PaymentId,
    reference: Option<&str>,
    since: DateTime<Utc>,
) -> Result<Result<Asked, ProviderError>> {
    let last_sent = match reference {
        Some(_) => None,
        // It has to be searched for.
        None => ledger::last_sent(shop, payment, &payment.to_string()).await?,
    };
    let lookup = ChargeLookup {
        payment,
        reference: reference.map(str::to_owned),
        // The id tells when the attempt was made, also of one that has no row here.
        sent_after: made_at(payment).unwrap_or(since) - CLOCKS_APART_MAX,
        sent_before: last_sent.map(|sent_at| sent_at + CLOCKS_APART_MAX),
    };
    let asked = async {
        let admitted = call::admit(shop, provider).await?;
        admitted.call(LOOK_UP_TIMEOUT, admitted.provider.find(&lookup)).await
    };
    Ok(match asked.await {
        Ok(Some(charge)) => Ok(Asked::Charge(Box::new(charge))),
        Ok(None) => Ok(Asked::Nothing),
        Err(ProviderError::Rejected(reason)) => {
            tracing::warn!(provider, %payment, reason, "the provider refused to look a charge up");
            Ok(Asked::Refused)
        }
        Err(error) => Err(error),
    })
}

fn made_at(payment: PaymentId) -> Option<DateTime<Utc>> {
    let (seconds, nanoseconds) = payment.0.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
}
