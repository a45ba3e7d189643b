//! Amounts and dates as people read them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::money::{Currency, Money};

/// `€1,249.00`.
pub(super) fn price(minor: i64, currency: Currency) -> String {
    Money::new(minor, currency).price()
}

/// `20 November 2026`.
pub(super) fn date(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y").to_string()
}

/// `20 November 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `14:35 UTC on 20 November 2026`.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.format("%H:%M UTC on %-d %B %Y").to_string()
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
    fn no_text_keeps_a_second_line() {
        assert_eq!(one_line(" a\r\nBcc: b@x.y\0\u{2028}c\td "), "a Bcc: b@x.y c d");
        assert_eq!(one_line("CHF\u{a0}5"), "CHF\u{a0}5");
    }
}
