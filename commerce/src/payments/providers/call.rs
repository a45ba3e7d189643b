//! Calls a provider: every call goes through here, with its time-out and its circuit.

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use tracing::{Instrument, field::Empty};
use vitrine_entity::provider_circuit;

use super::circuit::{self, Admission};
use crate::{
    Error, Fault, Shop,
    jobs::JobError,
    metrics,
    ports::{
        PaymentProvider,
        payment::{ProviderError, Settlement},
    },
    trace::step,
};

/// How long a provider may take over a call that moves money: one that answers everything after half
/// a minute is waited for, with a turn of the adapter's own before it.
///
/// A job looks up what it sent before, then moves money: 73 s together, less than the 80 s after which
/// a worker drops a job, and those less than the lease that another worker waits for. A second
/// look-up follows only where the provider has said no. If it takes its time over all three, the job
/// is dropped and runs again, and nothing is lost: what was sent stands in the ledger.
pub(in crate::payments) const MOVE_TIMEOUT: Duration = Duration::from_secs(40);

/// How long a provider may take over a look-up.
pub(in crate::payments) const LOOK_UP_TIMEOUT: Duration = Duration::from_secs(33);

/// How soon, and how late at the latest, a provider is called again that was away.
const OUTAGE_PAUSE_MIN: TimeDelta = TimeDelta::seconds(2);
const OUTAGE_PAUSE_MAX: TimeDelta = TimeDelta::minutes(5);

/// A provider that may be called now, once.
pub(in crate::payments) struct Admitted<'shop> {
    shop: &'shop Shop,
    pub(in crate::payments) provider: &'shop Arc<dyn PaymentProvider>,
    circuit: Option<provider_circuit::Model>,
    /// Until when this call is the only one that tries whether the provider is well again.
    probe: Option<DateTime<Utc>>,
}

/// The provider `name`, whether or not it may be called.
pub(in crate::payments) fn provider<'shop>(
    shop: &'shop Shop,
    name: &str,
) -> Result<&'shop Arc<dyn PaymentProvider>, ProviderError> {
    shop.payment_providers
        .get(name)
        .ok_or_else(|| ProviderError::Misconfigured(format!("the payment provider `{name}` is not configured")))
}

/// Asks whether the provider may be called. Ask before writing down that it will be.
pub(in crate::payments) async fn admit<'shop>(shop: &'shop Shop, name: &str) -> Result<Admitted<'shop>, ProviderError> {
    // Where staff settle nobody is called.
    let circuit = match provider(shop, name)?.settlement() {
        Settlement::ByStaff => None,
        Settlement::ByProvider => circuit::read(shop, name).await.map_err(unavailable)?,
    };
    admit_knowing(shop, name, circuit).await
}

/// As [`admit`], for whoever has just read the provider's circuit.
pub(in crate::payments) async fn admit_knowing<'shop>(
    shop: &'shop Shop,
    name: &str,
    circuit: Option<provider_circuit::Model>,
) -> Result<Admitted<'shop>, ProviderError> {
    let provider = provider(shop, name)?;
    let circuit = circuit.filter(|_| provider.settlement() == Settlement::ByProvider);
    let wait = |pause: TimeDelta| ProviderError::NotNow {
        retry_after_seconds: pause.num_seconds().unsigned_abs().max(1),
    };
    let probe = match (circuit::admission(circuit.as_ref(), shop.now()), &circuit) {
        (Admission::Wait(pause), _) => return Err(wait(pause)),
        (Admission::Probe, Some(row)) => {
            let taken = circuit::take_probe(shop, row).await.map_err(unavailable)?;
            Some(taken.ok_or_else(|| wait(TimeDelta::seconds(2)))?)
        }
        _ => None,
    };
    Ok(Admitted {
        shop,
        provider,
        circuit,
        probe,
    })
}

/// Whether the provider may be called, without more ado.
pub(in crate::payments) fn passes(shop: &Shop, name: &str, circuit: Option<&provider_circuit::Model>) -> bool {
    match provider(shop, name).map(|provider| provider.settlement()) {
        Ok(Settlement::ByStaff) => true,
        Ok(Settlement::ByProvider) => circuit::admission(circuit, shop.now()) == Admission::Pass,
        Err(_) => false,
    }
}

impl Admitted<'_> {
    /// Makes the call. One that takes too long has an unknown outcome, like one that was cut.
    pub(in crate::payments) async fn call<T>(
        &self,
        limit: Duration,
        call: impl Future<Output = Result<T, ProviderError>>,
    ) -> Result<T, ProviderError> {
        let began = Instant::now();
        let provider = self.provider.name();
        let step = step!(
            "call provider",
            otel.kind = "client",
            provider,
            outcome = Empty,
            otel.status_code = Empty
        );
        let calling = tokio::time::timeout(limit, call).instrument(step.clone());
        let outcome = match calling.await {
            Ok(outcome) => outcome,
            Err(elapsed) => Err(ProviderError::Unknown(Box::new(elapsed))),
        };
        step.record("outcome", metrics::provider_call(provider, &outcome, began.elapsed()));
        if outcome.is_err() {
            step.record("otel.status_code", "ERROR");
        }
        drop(step);
        if self.provider.settlement() == Settlement::ByProvider {
            let recorded = circuit::record(
                self.shop,
                self.provider.name(),
                self.circuit.as_ref(),
                self.probe,
                outcome.as_ref().err(),
            );
            // What a circuit has learned may be lost: the next call learns it again.
            if let Err(error) = recorded.await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a circuit could not be written"
                );
            }
        }
        outcome
    }
}

fn unavailable(error: Error) -> ProviderError {
    ProviderError::Unavailable(Box::new(error))
}

/// When a job is retried after a provider's error. That the provider is away is no fault of the job's,
/// which is not buried for it; the pause grows with the time since the call was first wanted.
pub(in crate::payments) fn retry(shop: &Shop, since: DateTime<Utc>, error: ProviderError) -> JobError {
    match error {
        ProviderError::RateLimited { retry_after_seconds } | ProviderError::NotNow { retry_after_seconds } => {
            let seconds = retry_after_seconds.clamp(1, 3600) as i64;
            // A crowd that waited together need not come together.
            let mut jitter = [0u8; 1];
            shop.ids.fill(&mut jitter);
            JobError::Defer(TimeDelta::milliseconds(seconds * 1000 + i64::from(jitter[0]) * 4))
        }
        ProviderError::Rejected(_) => JobError::Retry(Error::Fault(Fault::Provider(error))),
        ProviderError::Unavailable(_) | ProviderError::Unknown(_) | ProviderError::Misconfigured(_) => {
            JobError::Outage {
                error: Error::Fault(Fault::Provider(error)),
                pause: ((shop.now() - since) / 4).clamp(OUTAGE_PAUSE_MIN, OUTAGE_PAUSE_MAX),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::lease::RUN_LEASE;

    #[test]
    fn a_provider_that_takes_half_a_minute_is_waited_for_within_a_jobs_lease() {
        let half_a_minute = Duration::from_secs(30);
        assert!(LOOK_UP_TIMEOUT > half_a_minute && MOVE_TIMEOUT > half_a_minute);
        // The adapter may make it wait for its turn.
        assert!(MOVE_TIMEOUT >= half_a_minute + Duration::from_secs(5));
        let job = TimeDelta::from_std(LOOK_UP_TIMEOUT + MOVE_TIMEOUT).expect("a time");
        assert!(job + TimeDelta::seconds(5) < TimeDelta::seconds(80) && TimeDelta::seconds(80) < RUN_LEASE);
        assert!(circuit::PROBE_LEASE > TimeDelta::from_std(MOVE_TIMEOUT).expect("a time"));
    }
}
