//! The backup that is made by itself, and what those who watch the machines are told of it.

use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use vitrine_commerce::ports::{Clock, clock::SystemClock};

use super::{Keep, Place, list, make};
use crate::{boot::database_file, config::Config};

/// The backup was not made.
#[derive(Debug, thiserror::Error)]
#[error("the backup was not made")]
pub struct Failed(#[source] Box<dyn std::error::Error + Send + Sync>);

/// What this process knows of backups that are planned.
static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

#[derive(Debug, Clone, Copy)]
struct Known {
    daily_at: NaiveTime,
    /// The newest one; `None` where there is none.
    last: Option<DateTime<Utc>>,
    /// Since when it is planned, as far as this process knows.
    since: DateTime<Utc>,
}

/// Makes the day's backup where its time has come and it is not there. A night that nobody was there for is caught up.
///
/// # Errors
/// When it could not be made.
pub async fn run_if_due(config: &Config, now: DateTime<Utc>) -> Result<(), Failed> {
    let Some(daily_at) = config.backup.daily_at() else {
        return Ok(());
    };
    // Of PostgreSQL the configuration says that it is not made; a database in memory has nothing to keep.
    if database_file(config).is_none() {
        return Ok(());
    }
    run(config, daily_at, now).await.map_err(|error| Failed(error.into()))
}

async fn run(config: &Config, daily_at: NaiveTime, now: DateTime<Utc>) -> anyhow::Result<()> {
    let place = Place::of(&config.backup)?;
    let known = *KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = match known {
        Some(known) => known,
        None => Known {
            daily_at,
            last: newest(&place).await?,
            since: now,
        },
    };
    note(known);
    if !known.is_due(now) {
        return Ok(());
    }
    let keep: Keep = config.backup.keep.parse().context("reading `backup.keep`")?;
    let made = make(config, &place, &keep, now, &|_, _| {}).await?;
    note(Known {
        last: Some(made.manifest.made_at),
        ..known
    });
    tracing::info!(
        backup = made.manifest.name,
        bytes = made.manifest.bytes,
        orders = made.manifest.orders,
        removed = made.removed.len(),
        place = place.told(),
        "the shop's database is backed up"
    );
    Ok(())
}

async fn newest(place: &Place) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(list(place).await?.first().map(|manifest| manifest.made_at))
}

fn note(known: Known) {
    *KNOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
}

impl Known {
    /// The last moment at which a backup was to be made.
    fn last_due(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let today = now.date_naive().and_time(self.daily_at).and_utc();
        if today <= now {
            today
        } else {
            today - TimeDelta::days(1)
        }
    }

    /// A shop that has none at all does not wait for the night.
    fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.last.is_none_or(|last| last < self.last_due(now))
    }

    fn overdue(&self, now: DateTime<Utc>) -> TimeDelta {
        // Where several nights have failed it is late since the first of them.
        let due = self
            .last
            .map_or(self.since, |last| self.last_due(now).min(last + TimeDelta::days(1)));
        if self.is_due(now) { now - due } else { TimeDelta::zero() }
    }
}

/// For how many seconds a planned backup has been missing; 0 where none is, or none is planned.
pub fn overdue_seconds() -> i64 {
    let known = *KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.map_or(0, |known| known.overdue(SystemClock.now()).num_seconds().max(0))
}

/// When the newest backup was made that this process knows of, in seconds since 1970; 0 where it knows of none.
pub fn last_success() -> i64 {
    let known = *KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.and_then(|known| known.last).map_or(0, |last| last.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(last: Option<&str>) -> Known {
        Known {
            daily_at: NaiveTime::from_hms_opt(2, 30, 0).unwrap(),
            last: last.map(|last| last.parse().unwrap()),
            since: "2026-11-01T00:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn it_is_made_once_a_night_and_caught_up() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let last_night = known(Some("2026-11-29T02:30:20Z"));
        assert!(!last_night.is_due(at("2026-11-30T02:29:59Z")));
        assert!(last_night.is_due(at("2026-11-30T02:30:00Z")));
        assert!(
            last_night.is_due(at("2026-12-05T01:00:00Z")),
            "nights that nobody was there for"
        );
        assert!(
            known(None).is_due(at("2026-11-30T12:00:00Z")),
            "the first does not wait"
        );
        assert!(!known(Some("2026-11-30T02:30:01Z")).is_due(at("2026-11-30T23:00:00Z")));
    }

    #[test]
    fn it_is_late_since_it_was_due_first() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let last_night = known(Some("2026-11-29T02:30:20Z"));
        assert_eq!(last_night.overdue(at("2026-11-30T02:00:00Z")), TimeDelta::zero());
        assert_eq!(last_night.overdue(at("2026-11-30T03:30:00Z")).num_minutes(), 60);
        assert_eq!(
            last_night.overdue(at("2026-12-02T02:30:20Z")).num_days(),
            2,
            "since the first night that failed"
        );
        assert_eq!(known(None).overdue(at("2026-11-01T05:00:00Z")).num_hours(), 5);
    }
}
