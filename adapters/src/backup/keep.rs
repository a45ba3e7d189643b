//! Which backups are kept: pure.

use std::{collections::HashSet, fmt, str::FromStr};

use chrono::{DateTime, Datelike, Utc};

/// How many of each period are kept: of each day, week and month the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keep {
    days: usize,
    weeks: usize,
    months: usize,
}

/// Why a rule says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no rule: write how many days, weeks and months are kept, as in 7d,4w,12m")]
pub struct KeepError(String);

impl FromStr for Keep {
    type Err = KeepError;

    fn from_str(text: &str) -> Result<Self, KeepError> {
        let wrong = || KeepError(text.to_owned());
        let mut keep = Self::default();
        for part in text.split(',').map(str::trim) {
            let unit = part.chars().last().ok_or_else(wrong)?;
            let count: u16 = part[..part.len() - unit.len_utf8()].parse().map_err(|_| wrong())?;
            let place = match unit {
                'd' => &mut keep.days,
                'w' => &mut keep.weeks,
                'm' => &mut keep.months,
                _ => return Err(wrong()),
            };
            *place = usize::from(count);
        }
        match keep == Self::default() {
            true => Err(wrong()),
            false => Ok(keep),
        }
    }
}

impl fmt::Display for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { days, weeks, months } = self;
        write!(f, "{days}d,{weeks}w,{months}m")
    }
}

impl Keep {
    /// Which of these are kept no longer, by their places. The newest always is, and of each of the last days (weeks, months) that have
    /// one, the last: days without one count for nothing, so that a shop that stood still loses none.
    pub fn superfluous(&self, times: &[DateTime<Utc>]) -> Vec<usize> {
        let mut newest_first: Vec<usize> = (0..times.len()).collect();
        newest_first.sort_by_key(|&at| std::cmp::Reverse(times[at]));
        let mut kept: HashSet<usize> = newest_first.first().copied().into_iter().collect();
        let day = |time: &DateTime<Utc>| (time.year(), time.ordinal());
        let week = |time: &DateTime<Utc>| (time.iso_week().year(), time.iso_week().week());
        let month = |time: &DateTime<Utc>| (time.year(), time.month());
        for (count, period) in [
            (self.days, &day as &dyn Fn(&DateTime<Utc>) -> (i32, u32)),
            (self.weeks, &week),
            (self.months, &month),
        ] {
            let mut seen = HashSet::new();
            let last = newest_first.iter().filter(|&&at| seen.insert(period(&times[at])));
            kept.extend(last.take(count));
        }
        newest_first.retain(|at| !kept.contains(at));
        newest_first
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn nights(count: i64) -> Vec<DateTime<Utc>> {
        let last: DateTime<Utc> = "2026-11-30T02:00:00Z".parse().unwrap();
        (0..count).map(|night| last - TimeDelta::days(night)).collect()
    }

    #[test]
    fn a_rule_keeps_the_last_of_each_period() {
        let keep: Keep = "7d,4w,3m".parse().unwrap();
        let times = nights(100);
        let gone: HashSet<_> = keep.superfluous(&times).into_iter().collect();
        let kept: Vec<_> = (0..times.len())
            .filter(|at| !gone.contains(at))
            .map(|at| times[at].date_naive().to_string())
            .collect();
        // Seven days; the last nights of the weeks before (Monday the 30th is one of its own), and of the months before.
        assert_eq!(
            kept,
            [
                "2026-11-30",
                "2026-11-29",
                "2026-11-28",
                "2026-11-27",
                "2026-11-26",
                "2026-11-25",
                "2026-11-24",
                "2026-11-22",
                "2026-11-15",
                "2026-10-31",
                "2026-09-30",
            ]
        );
    }

    #[test]
    fn several_of_a_day_leave_the_last() {
        let keep: Keep = "1d".parse().unwrap();
        let day: DateTime<Utc> = "2026-11-30T00:00:00Z".parse().unwrap();
        let times: Vec<_> = (0..5).map(|hour| day + TimeDelta::hours(hour)).collect();
        assert_eq!(keep.superfluous(&times), [3, 2, 1, 0]);
        assert!(keep.superfluous(&[]).is_empty());
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in ["", "d", "7", "7x", "0d", "-1d", "7d,", "7d 4w", "ä", "99999d"] {
            assert!(text.parse::<Keep>().is_err(), "{text}");
        }
        assert_eq!("12m, 7d".parse::<Keep>().unwrap().to_string(), "7d,0w,12m");
    }

    #[test]
    fn whatever_the_rule_the_newest_stays_and_pruning_twice_removes_nothing_more() {
        let times = nights(400);
        for rule in ["1d", "1w", "1m", "3d,2w,5m", "30d,12w"] {
            let keep: Keep = rule.parse().unwrap();
            let gone: HashSet<_> = keep.superfluous(&times).into_iter().collect();
            assert!(!gone.contains(&0), "{rule}");
            let left: Vec<_> = (0..times.len())
                .filter(|at| !gone.contains(at))
                .map(|at| times[at])
                .collect();
            assert!(keep.superfluous(&left).is_empty(), "{rule}");
        }
    }
}
