//! How a provider has behaved of late, and whether it is called. Kept in a row that all processes
//! share: what one worker has learned the hard way, the others need not, and staff can see it.
//!
//! After a few failures in a row the circuit opens: nobody calls until a pause is over; then one
//! call at a time probes, and the first that works closes the circuit. A provider that asks to be
//! called less often is left alone for as long as it says. Wrong keys and settings are no failure of
//! the provider's: staff hear of them, and what it does take goes on.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::EntityTrait;
use vitrine_entity::provider_circuit;

use crate::{Result, Shop, error::causes, ports::payment::ProviderError};

/// Failures in a row that open the circuit.
const FAILURES_MAX: i32 = 5;

/// The first pause of an open circuit, and the longest.
const PAUSE_MIN: TimeDelta = TimeDelta::seconds(2);
const PAUSE_MAX: TimeDelta = TimeDelta::seconds(30);

/// How long a probe may take; a little longer than the longest call.
pub(super) const PROBE_LEASE: TimeDelta = TimeDelta::seconds(45);

/// The longest that a provider is left alone because it asked for it.
const LIMIT_PAUSE_MAX: TimeDelta = TimeDelta::hours(1);

/// Where a circuit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitState {
    /// The provider is called.
    Closed,
    /// It is left alone.
    Open,
    /// One call at a time tries whether it is well again.
    HalfOpen,
}

/// Whether a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// Go on.
    Pass,
    /// Go on if nobody else probes.
    Probe,
    /// Not yet.
    Wait(TimeDelta),
}

/// Where the circuit stands. Pure.
pub fn state(row: &provider_circuit::Model, now: DateTime<Utc>) -> CircuitState {
    if row.failures < FAILURES_MAX {
        CircuitState::Closed
    } else if remaining(row.opened_until, now, PAUSE_MAX).is_some() {
        CircuitState::Open
    } else {
        CircuitState::HalfOpen
    }
}

/// Whether a call may be made. Pure.
pub(super) fn admission(row: Option<&provider_circuit::Model>, now: DateTime<Utc>) -> Admission {
    let Some(row) = row else { return Admission::Pass };
    if let Some(pause) = remaining(row.paused_until, now, LIMIT_PAUSE_MAX) {
        return Admission::Wait(pause);
    }
    match state(row, now) {
        CircuitState::Closed => Admission::Pass,
        CircuitState::Open => Admission::Wait(remaining(row.opened_until, now, PAUSE_MAX).unwrap_or(PAUSE_MIN)),
        CircuitState::HalfOpen => match remaining(row.probe_until, now, PROBE_LEASE) {
            // Whoever probes will know soon.
            Some(_) => Admission::Wait(PAUSE_MIN),
            None => Admission::Probe,
        },
    }
}

/// What is left until `until`. A time further away than the longest pause was written by a clock
/// that ran ahead, and does not bind.
fn remaining(until: Option<DateTime<Utc>>, now: DateTime<Utc>, longest: TimeDelta) -> Option<TimeDelta> {
    let left = until? - now;
    (left > TimeDelta::zero() && left <= longest).then_some(left)
}

/// The pause after this many failures in a row.
fn pause_after(failures: i32) -> TimeDelta {
    let doublings = (failures - FAILURES_MAX).clamp(0, 10);
    (PAUSE_MIN * (1 << doublings)).min(PAUSE_MAX)
}

pub(in crate::payments) async fn read(shop: &Shop, provider: &str) -> Result<Option<provider_circuit::Model>> {
    Ok(provider_circuit::Entity::find_by_id(provider).one(&shop.db).await?)
}

/// Takes the probe of a half-open circuit, and gives until when; `None` if somebody else has it.
pub(super) async fn take_probe(shop: &Shop, row: &provider_circuit::Model) -> Result<Option<DateTime<Utc>>> {
    let sql = "update provider_circuit set probe_until = $2, changed_at = $3 \
               where provider = $1 and (probe_until is null or probe_until <= $3 or probe_until > $2)";
    let now = shop.now();
    let until = now + PROBE_LEASE;
    let values = [row.provider.clone().into(), until.into(), now.into()];
    Ok((shop.execute(sql, values).await? == 1).then_some(until))
}

/// Gives back a probe that has found out nothing: the next call may try.
async fn release_probe(shop: &Shop, provider: &str, until: DateTime<Utc>) -> Result<()> {
    let sql =
        "update provider_circuit set probe_until = null, changed_at = $3 where provider = $1 and probe_until = $2";
    shop.execute(sql, [provider.into(), until.into(), shop.now().into()])
        .await?;
    Ok(())
}

/// Writes down how a call went, and whether it was the `probe`. Success after success writes nothing.
pub(in crate::payments) async fn record(
    shop: &Shop,
    provider: &str,
    before: Option<&provider_circuit::Model>,
    probe: Option<DateTime<Utc>>,
    error: Option<&ProviderError>,
) -> Result<()> {
    match error {
        // It answered, be it with a no.
        None | Some(ProviderError::Rejected(_)) => match before.filter(|row| row.failures > 0) {
            Some(row) => close(shop, row).await,
            None => Ok(()),
        },
        // It was not asked, or it does not let us do this one thing: a key that may not pay back may
        // well charge. Neither says how it is doing.
        Some(ProviderError::NotNow { .. } | ProviderError::Misconfigured(_)) => match probe {
            Some(until) => release_probe(shop, provider, until).await,
            None => Ok(()),
        },
        Some(ProviderError::RateLimited { retry_after_seconds }) => pause(shop, provider, *retry_after_seconds).await,
        Some(error) => fail(shop, provider, before.map_or(0, |row| row.failures), error).await,
    }
}

async fn close(shop: &Shop, row: &provider_circuit::Model) -> Result<()> {
    let sql = "update provider_circuit set failures = 0, opened_until = null, probe_until = null, last_error = null, \
               changed_at = $2 where provider = $1 and failures > 0";
    shop.execute(sql, [row.provider.clone().into(), shop.now().into()])
        .await?;
    if row.failures >= FAILURES_MAX {
        tracing::info!(provider = row.provider, "the payment provider is well again");
    }
    Ok(())
}

async fn fail(shop: &Shop, provider: &str, failures: i32, error: &ProviderError) -> Result<()> {
    let sql = "insert into provider_circuit (provider, failures, last_error, changed_at) values ($1, 1, $2, $3) \
               on conflict (provider) do update set failures = provider_circuit.failures + 1, last_error = $2, \
               changed_at = $3, probe_until = null, \
               opened_until = case when provider_circuit.failures + 1 >= $4 then $5 end";
    let now = shop.now();
    let failures = failures.saturating_add(1);
    let values = [
        provider.into(),
        causes(error).into(),
        now.into(),
        FAILURES_MAX.into(),
        (now + pause_after(failures)).into(),
    ];
    shop.execute(sql, values).await?;
    if failures == FAILURES_MAX {
        tracing::error!(
            provider,
            error = error as &dyn std::error::Error,
            "the payment provider fails again and again: it is left alone for a while"
        );
    }
    Ok(())
}

async fn pause(shop: &Shop, provider: &str, seconds: u64) -> Result<()> {
    // Of two answers at once the longer pause holds, unless a clock that ran ahead has written it.
    let sql = "insert into provider_circuit (provider, failures, paused_until, changed_at) values ($1, 0, $2, $3) \
               on conflict (provider) do update set changed_at = $3, paused_until = case \
               when provider_circuit.paused_until > $2 and provider_circuit.paused_until <= $4 \
               then provider_circuit.paused_until else $2 end";
    let now = shop.now();
    let pause = TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX).clamp(1, 3600)).min(LIMIT_PAUSE_MAX);
    let values = [
        provider.into(),
        (now + pause).into(),
        now.into(),
        (now + LIMIT_PAUSE_MAX).into(),
    ];
    shop.execute(sql, values).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("a time")
    }

    fn row(failures: i32, opened_s: i64, probe_s: i64, paused_s: i64) -> provider_circuit::Model {
        let at = |seconds: i64| Some(now() + TimeDelta::seconds(seconds));
        provider_circuit::Model {
            provider: "simulated".to_owned(),
            failures,
            opened_until: at(opened_s),
            probe_until: at(probe_s),
            paused_until: at(paused_s),
            last_error: None,
            changed_at: now(),
        }
    }

    #[test]
    fn it_opens_waits_probes_and_closes() {
        assert_eq!(admission(None, now()), Admission::Pass);
        assert_eq!(
            admission(Some(&row(FAILURES_MAX - 1, 9, 9, -1)), now()),
            Admission::Pass
        );
        let open = row(FAILURES_MAX, 7, -1, -1);
        assert_eq!(state(&open, now()), CircuitState::Open);
        assert_eq!(admission(Some(&open), now()), Admission::Wait(TimeDelta::seconds(7)));
        let half_open = row(FAILURES_MAX, -1, -1, -1);
        assert_eq!(state(&half_open, now()), CircuitState::HalfOpen);
        assert_eq!(admission(Some(&half_open), now()), Admission::Probe);
        assert_eq!(
            admission(Some(&row(FAILURES_MAX, -1, 3, -1)), now()),
            Admission::Wait(PAUSE_MIN)
        );
        assert_eq!(
            admission(Some(&row(0, -1, -1, 5)), now()),
            Admission::Wait(TimeDelta::seconds(5))
        );
    }

    proptest! {
        #[test]
        fn no_clock_keeps_a_provider_from_being_called_for_ever(
            failures in 0..1000i32, opened in any::<i32>(), probe in any::<i32>(), paused in any::<i32>(),
        ) {
            if let Admission::Wait(pause) = admission(Some(&row(failures, opened.into(), probe.into(), paused.into())), now()) {
                prop_assert!(pause > TimeDelta::zero() && pause <= LIMIT_PAUSE_MAX);
            }
        }

        #[test]
        fn pauses_grow_and_end(failures in FAILURES_MAX..1000i32) {
            prop_assert!(pause_after(failures) >= PAUSE_MIN && pause_after(failures) <= PAUSE_MAX);
            prop_assert!(pause_after(failures + 1) >= pause_after(failures));
        }
    }
}
