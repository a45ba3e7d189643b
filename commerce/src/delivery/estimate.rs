//! When goods arrive, by the shop's calendar. Pure.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use vitrine_entity::shipping_method::{self, MethodKind};

use crate::profile::Profile;

/// The first and the last day on which something arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    pub earliest: NaiveDate,
    pub latest: NaiveDate,
}

/// When what is ordered now arrives by `method`, or waits to be picked up; `None` where nobody said how long
/// it takes.
///
/// The day counts if it is a working day and its hour is before the method's; else the next working day is
/// the first. From there the days of handling and of transit are counted, working days all of them.
pub fn estimate(profile: &Profile, method: &shipping_method::Model, now: DateTime<Utc>) -> Option<Estimate> {
    let is_pickup = method.kind == MethodKind::Pickup;
    let (min, max) = match (method.transit_days_min, method.transit_days_max) {
        (None, None) if is_pickup => (0, 0),
        (None, None) => return None,
        (Some(min), Some(max)) => (min, max),
        (Some(days), None) | (None, Some(days)) => (days, days),
    };
    let after = |date, days: i32| profile.working_day_after(date, days.max(0).unsigned_abs());
    let (today, hour) = (profile.date(now), now.with_timezone(&profile.time_zone).hour());
    let is_too_late = method
        .cutoff_hour
        .is_some_and(|cutoff| i64::from(hour) >= i64::from(cutoff));
    let first = after(today, i32::from(is_too_late))?;
    let leaves = after(first, method.handling_days)?;
    Some(Estimate {
        earliest: after(leaves, min)?,
        latest: after(leaves, max.max(min))?,
    })
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use chrono_tz::Tz;
    use proptest::prelude::*;
    use uuid::Uuid;
    use vitrine_entity::{
        currency::Currency,
        ids::{ShippingMethodId, ShippingZoneId},
    };

    use super::*;
    use crate::delivery::draft::{Head, MethodDraft};

    fn method(
        kind: MethodKind,
        handling: i32,
        transit: Option<(i32, i32)>,
        cutoff: Option<i32>,
    ) -> shipping_method::Model {
        let parcel = MethodDraft {
            name: "Parcel".to_owned(),
            kind,
            handling_days: handling,
            transit_days_min: transit.map(|days| days.0),
            transit_days_max: transit.map(|days| days.1),
            cutoff_hour: cutoff,
            ..MethodDraft::default()
        };
        parcel.row(Head {
            id: ShippingMethodId(Uuid::from_u128(1)),
            zone: ShippingZoneId(Uuid::from_u128(1)),
            currency: Currency::EUR,
            position: 0,
            version: 1,
        })
    }

    fn berlin(closed: &[&str]) -> Profile {
        Profile {
            time_zone: Tz::Europe__Berlin,
            closed_on: closed.iter().map(|date| date.parse().expect("a date")).collect(),
            ..Profile::new("A shop", "DE", Currency::EUR, "de")
        }
    }

    fn told(profile: &Profile, method: &shipping_method::Model, now: &str) -> Option<String> {
        let now = now.parse().expect("a time");
        estimate(profile, method, now).map(|days| format!("{} {}", days.earliest, days.latest))
    }

    #[test]
    fn working_days_are_counted_in_the_shops_own_time() {
        let parcel = method(MethodKind::Ship, 1, Some((2, 4)), Some(14));
        let calendar = berlin(&[]);
        // Thursday, 13:59 in Berlin: leaves on Friday, arrives from Tuesday on.
        let thursday = "2026-11-26T12:59:00Z";
        assert_eq!(
            told(&calendar, &parcel, thursday).as_deref(),
            Some("2026-12-01 2026-12-03")
        );
        // A minute later it counts as Friday's.
        assert_eq!(
            told(&calendar, &parcel, "2026-11-26T13:00:00Z").as_deref(),
            Some("2026-12-02 2026-12-04")
        );
        // Saturday counts as Monday, at whatever hour.
        assert_eq!(
            told(&calendar, &parcel, "2026-11-28T03:00:00Z").as_deref(),
            Some("2026-12-03 2026-12-07")
        );
        // Already Friday in Berlin.
        let same_day = method(MethodKind::Pickup, 0, None, None);
        assert_eq!(
            told(&calendar, &same_day, "2026-11-26T23:30:00Z").as_deref(),
            Some("2026-11-27 2026-11-27")
        );
    }

    #[test]
    fn closed_days_are_skipped_and_nothing_hangs() {
        let parcel = method(MethodKind::Ship, 0, Some((1, 1)), None);
        let christmas = berlin(&["2026-12-25", "2026-12-28"]);
        assert_eq!(
            told(&christmas, &parcel, "2026-12-24T10:00:00Z").as_deref(),
            Some("2026-12-29 2026-12-29")
        );
        let never = Profile {
            closed_on: (0..800)
                .map(|day| NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + Days::new(day))
                .collect(),
            ..berlin(&[])
        };
        assert_eq!(told(&never, &parcel, "2026-01-01T10:00:00Z"), None);
        assert_eq!(
            told(&never, &method(MethodKind::Ship, 0, None, None), "2026-01-01T10:00:00Z"),
            None
        );
    }

    proptest! {
        #[test]
        fn it_never_arrives_before_it_is_ordered_nor_on_a_closed_day(
            minute in 0i64..2_000_000, handling in 0i32..10, min in 0i32..10, more in 0i32..10, cutoff in 0i32..24,
        ) {
            let calendar = berlin(&["2026-12-25", "2027-01-01"]);
            let now = "2026-11-01T00:00:00Z".parse::<DateTime<Utc>>().expect("a time") + chrono::TimeDelta::minutes(minute);
            let method = method(MethodKind::Ship, handling, Some((min, min + more)), Some(cutoff));
            let days = estimate(&calendar, &method, now).expect("an estimate");
            prop_assert!(days.earliest >= now.with_timezone(&Tz::Europe__Berlin).date_naive());
            prop_assert!(days.latest >= days.earliest);
            prop_assert!(calendar.is_working_day(days.earliest) && calendar.is_working_day(days.latest));
        }
    }
}
