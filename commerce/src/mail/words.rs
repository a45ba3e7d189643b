//! Amounts and dates as people read them.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::money::{Currency, Money};

/// `€1,249.00`.
pub(super) fn price(minor: i64, currency: Currency) -> String {
    Money::new(minor, currency).price()
}

/// `20 November 2026`, as it was in the shop.
pub(super) fn date(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%-d %B %Y").to_string()
}

/// `20 November 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `14:35 CET on 20 November 2026`, by the shop's clock. Where its zone has no letters of its own, `14:35 (UTC+03:00)`.
pub(super) fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let at = at.with_timezone(&zone);
    let has_letters = at.format("%Z").to_string().starts_with(|c: char| c.is_alphabetic());
    let written = match has_letters {
        true => at.format("%H:%M %Z on %-d %B %Y"),
        false => at.format("%H:%M (UTC%:z) on %-d %B %Y"),
    };
    written.to_string()
}

/// Makes one line of any text: what was typed as one is one already, what comes from a file or
/// another system may not be, and in a subject a second line would be another header.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{a0}' || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_the_shops() {
        let at: DateTime<Utc> = "2026-07-31T23:05:00Z".parse().expect("a time");
        for (zone, written) in [
            (Tz::Europe__Berlin, "01:05 CEST on 1 August 2026"),
            (Tz::Asia__Tokyo, "08:05 JST on 1 August 2026"),
            (Tz::Europe__Istanbul, "02:05 (UTC+03:00) on 1 August 2026"),
            (Tz::UTC, "23:05 UTC on 31 July 2026"),
        ] {
            assert_eq!(moment(at, zone), written);
        }
        assert_eq!(date(at, Tz::Europe__Berlin), "1 August 2026");
    }

    #[test]
    fn no_text_keeps_a_second_line() {
        assert_eq!(one_line(" a\r\nBcc: b@x.y\0\u{2028}c\td "), "a Bcc: b@x.y c d");
        assert_eq!(one_line("CHF\u{a0}5"), "CHF\u{a0}5");
    }
}
