//! Dates, as the API writes them and people read them.

use crate::words::primary;

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// `20 November 2026`; what is no date stays as it is, and a language whose months we do not know gets the date itself.
pub(super) fn date(language: &str, text: &str) -> String {
    written(language, text).unwrap_or_else(|| text.to_owned())
}

/// `20 November 2026, 14:35 UTC`.
pub(super) fn moment(language: &str, text: &str) -> String {
    let time = text.split_once('T').and_then(|(_, time)| time.get(..5));
    match (written(language, text), time) {
        (Some(date), Some(time)) => format!("{date}, {time} UTC"),
        _ => text.to_owned(),
    }
}

fn written(language: &str, text: &str) -> Option<String> {
    let date = text.get(..10)?;
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (month_number, day): (usize, u8) = (month.parse().ok()?, day.parse().ok()?);
    let index = month_number.checked_sub(1)?;
    Some(match primary(language) {
        "en" => format!("{day} {} {year}", ENGLISH.get(index)?),
        "de" => format!("{day}. {} {year}", GERMAN.get(index)?),
        _ => date.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_as_people_write_them() {
        assert_eq!(date("en", "2026-11-05"), "5 November 2026");
        assert_eq!(date("de-AT", "2026-03-20T14:35:00Z"), "20. März 2026");
        assert_eq!(moment("en", "2026-03-20T14:35:00.123Z"), "20 March 2026, 14:35 UTC");
        assert_eq!(date("en", "soon"), "soon");
        assert_eq!(date("sw", "2026-11-05"), "2026-11-05");
    }
}
