//! Dates, as the API writes them and people read them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use vitrine_locale::Formats;

pub(super) fn date(formats: &Formats, text: &str, zone: Tz) -> String {
    match day(text, zone) {
        Some(day) => formats.day(day),
        None => text.to_owned(),
    }
}

/// The last day that a time to end at belongs to: one that ends at midnight ends with the day before.
pub(super) fn last_day(formats: &Formats, text: &str, zone: Tz) -> String {
    match moment_of(text) {
        Some(end) => formats.day((end - TimeDelta::seconds(1)).with_timezone(&zone).date_naive()),
        None => date(formats, text, zone),
    }
}

/// `20 November 2026 at 14:35 CET`: by the shop's clock, which it names for whoever reads it far away.
pub(super) fn moment(formats: &Formats, text: &str, zone: Tz) -> String {
    match moment_of(text) {
        Some(at) => formats.moment(at, zone),
        None => text.to_owned(),
    }
}

/// `2026-11-20T14:35`, by the shop's clock, as a field for a time has it.
pub(super) fn clock(text: &str, zone: Tz) -> String {
    moment_of(text).map_or_else(String::new, |at| {
        at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
    })
}

/// A date alone is the same everywhere.
fn day(text: &str, zone: Tz) -> Option<NaiveDate> {
    match moment_of(text) {
        Some(at) => Some(at.with_timezone(&zone).date_naive()),
        None => text.get(..10)?.parse().ok(),
    }
}

fn moment_of(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_as_people_write_them() {
        let berlin = Tz::Europe__Berlin;
        let english = Formats::of("en-GB");
        let day = |text| date(&english, text, berlin);
        assert_eq!(day("2026-11-05"), "5 November 2026");
        assert_eq!(day("soon"), "soon");
        assert_eq!(
            date(&Formats::of("de-AT"), "2026-03-20T23:35:00Z", berlin),
            "21. März 2026"
        );
        let at = |text| moment(&english, text, berlin);
        assert_eq!(at("2026-03-20T14:35:00.123Z"), "20 March 2026 at 15:35 CET");
        assert_eq!(at("2026-07-20T14:35:00Z"), "20 July 2026 at 16:35 CEST");
        assert_eq!(at("soon"), "soon");
        assert_eq!(clock("2026-03-20T14:35:00.123Z", berlin), "2026-03-20T15:35");
        assert_eq!(clock("soon", berlin), "");
        let last = |text| last_day(&english, text, berlin);
        assert_eq!(last("2026-11-04T23:00:00Z"), "4 November 2026");
        assert_eq!(last("2026-11-05T12:00:00Z"), "5 November 2026");
        assert_eq!(last("2026-11-05"), "5 November 2026");
    }
}
