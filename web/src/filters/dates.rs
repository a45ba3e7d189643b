//! Dates, as the API writes them and people read them.

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;

use super::formats;

pub(super) fn date(language: &str, text: &str, zone: Tz) -> String {
    let local = local(text, zone).map(|time| time.format("%Y-%m-%d").to_string());
    written(language, local.as_deref().unwrap_or(text)).unwrap_or_else(|| text.to_owned())
}

/// The last day that a time to end at belongs to: one that ends at midnight ends with the day before.
pub(super) fn last_day(language: &str, text: &str, zone: Tz) -> String {
    let last = DateTime::parse_from_rfc3339(text).map(|end| (end - TimeDelta::seconds(1)).to_rfc3339());
    date(language, last.as_deref().unwrap_or(text), zone)
}

/// `20 November 2026, 14:35`, by the shop's clock.
pub(super) fn moment(language: &str, text: &str, zone: Tz) -> String {
    let shown = local(text, zone).and_then(|time| {
        let date = written(language, &time.format("%Y-%m-%d").to_string())?;
        Some(format!("{date}, {}", time.format("%H:%M")))
    });
    shown.unwrap_or_else(|| text.to_owned())
}

/// `2026-11-20T14:35`, by the shop's clock, as a field for a time has it.
pub(super) fn clock(text: &str, zone: Tz) -> String {
    local(text, zone).map_or_else(String::new, |time| time.format("%Y-%m-%dT%H:%M").to_string())
}

/// Nothing for a date alone, which is the same everywhere.
fn local(text: &str, zone: Tz) -> Option<DateTime<Tz>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&zone))
}

fn written(language: &str, text: &str) -> Option<String> {
    let date = text.get(..10)?;
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    formats::day(language, year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_as_people_write_them() {
        let berlin = Tz::Europe__Berlin;
        assert_eq!(date("en", "2026-11-05", berlin), "5 November 2026");
        assert_eq!(date("de-AT", "2026-03-20T23:35:00Z", berlin), "21. März 2026");
        assert_eq!(moment("en", "2026-03-20T14:35:00.123Z", berlin), "20 March 2026, 15:35");
        assert_eq!(clock("2026-03-20T14:35:00.123Z", berlin), "2026-03-20T15:35");
        assert_eq!(date("en", "soon", berlin), "soon");
        assert_eq!(last_day("en", "2026-11-04T23:00:00Z", berlin), "4 November 2026");
        assert_eq!(last_day("en", "2026-11-05T12:00:00Z", berlin), "5 November 2026");
        assert_eq!(last_day("en", "2026-11-05", berlin), "5 November 2026");
        assert_eq!(date("ja", "2026-11-05", berlin), "2026年11月5日");
        assert_eq!(date("ar", "2026-11-05", berlin), "5 نوفمبر 2026");
    }
}
