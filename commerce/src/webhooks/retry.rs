//! After which pauses an event is sent again, and an endpoint asked again. Pure.

use chrono::TimeDelta;

/// The pauses after each failed attempt: ten attempts in about three days.
const PAUSES: [TimeDelta; 9] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
    TimeDelta::hours(20),
    TimeDelta::hours(24),
];

/// How many sendings in a row may fail before an endpoint is left alone for a while, and for how long at the most.
const FAILURES_FREE: i32 = 3;
const ENDPOINT_PAUSE_MIN: TimeDelta = TimeDelta::seconds(5);
const ENDPOINT_PAUSE_MAX: TimeDelta = TimeDelta::minutes(10);

/// After which pause an event is sent again that was sent so often in vain; `None`: not any more. `jitter` (of 255) spreads
/// a crowd over another fifth.
pub(super) fn pause_after(attempts: i32, jitter: u8) -> Option<TimeDelta> {
    let place = usize::try_from(attempts).ok()?.checked_sub(1)?;
    let pause = PAUSES.get(place)?;
    Some(*pause + *pause * i32::from(jitter) / (5 * 255))
}

/// For how long an endpoint is left alone that has failed so often in a row.
pub(super) fn endpoint_pause(failures: i32) -> TimeDelta {
    match failures - FAILURES_FREE {
        more if more < 0 => TimeDelta::zero(),
        more => (ENDPOINT_PAUSE_MIN * (1 << more.min(10))).min(ENDPOINT_PAUSE_MAX),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_tried_ten_times_in_about_three_days() {
        let pauses: Vec<_> = (1..).map_while(|attempts| pause_after(attempts, 0)).collect();
        let all = pauses.iter().copied().sum::<TimeDelta>();
        assert_eq!(pauses.len(), 9);
        assert!(all > TimeDelta::days(3) && all < TimeDelta::days(4), "{all}");
        assert_eq!(pause_after(0, 0), None);
    }

    proptest! {
        #[test]
        fn pauses_grow_and_are_bounded(attempts in 1i32..12, failures in 0i32..1_000_000, jitter: u8) {
            if let (Some(pause), Some(next)) = (pause_after(attempts, jitter), pause_after(attempts + 1, 0)) {
                prop_assert!(pause <= next);
            }
            let pause = endpoint_pause(failures);
            prop_assert!(pause <= ENDPOINT_PAUSE_MAX && pause <= endpoint_pause(failures + 1));
        }
    }
}
