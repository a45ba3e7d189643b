//! What stands in a cell, as a value: pure. A message says what would be right.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use vitrine_entity::address::Address;

use crate::{
    address,
    language::{Message, messages},
    money::{Currency, Money},
    text,
};

const LINE_MAX: usize = 500;

/// An amount, to the minor unit; nothing where nothing stands.
pub(super) fn minor(text: &str, currency: Currency) -> Result<i64, Message> {
    let plain = text.trim_start_matches('\'').trim();
    if plain.is_empty() {
        return Ok(0);
    }
    let read = Money::parse(plain, currency);
    let read = read.map_err(|_| messages::import_no_price(excerpt(text), currency))?;
    Ok(read.minor)
}

/// How many; one where nothing is said.
pub(super) fn quantity(text: &str) -> Result<i64, Message> {
    match text {
        "" => Ok(1),
        // Some exports write decimals.
        _ => text
            .strip_suffix(".0")
            .unwrap_or(text)
            .parse()
            .map_err(|_| messages::import_no_units(excerpt(text))),
    }
}

/// A moment with its zone, or by the clock of `zone` where none is written; `None` where nothing is.
pub(super) fn moment(text: &str, zone: Tz) -> Result<Option<DateTime<Utc>>, Message> {
    if text.is_empty() {
        return Ok(None);
    }
    let zoned = [
        DateTime::parse_from_rfc3339(text),
        DateTime::parse_from_rfc2822(text),
        DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z"),
    ];
    if let Some(read) = zoned.into_iter().flatten().next() {
        return Ok(Some(read.to_utc()));
    }
    if let Some(utc) = text.strip_suffix(" UTC").and_then(naive) {
        return Ok(Some(utc.and_utc()));
    }
    let local = naive(text).ok_or_else(|| messages::moving_no_time(excerpt(text)))?;
    // An hour that there was twice was the first of the two; one that there was not is read as UTC's.
    let read = zone.from_local_datetime(&local).earliest();
    Ok(Some(read.map_or_else(|| local.and_utc(), |read| read.to_utc())))
}

/// From when on something holds no more that is good until then: as [`moment`], and a day without a time is good to its end.
pub(super) fn end(text: &str, zone: Tz) -> Result<Option<DateTime<Utc>>, Message> {
    match NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .and_then(|day| day.succ_opt())
    {
        Some(next) => moment(&next.to_string(), zone),
        None => moment(text, zone),
    }
}

fn naive(text: &str) -> Option<NaiveDateTime> {
    let with_time = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    let read = with_time
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    read.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}

/// Whether it says yes.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "true" | "1" | "y" | "subscribed")
}

/// One visible line, cut; `None` where nothing is left, or it hides what it holds.
pub(super) fn line(text: &str) -> Option<String> {
    let cut: String = text::one_line(text).chars().take(LINE_MAX).collect();
    text::optional_line(&["cell"], Some(&cut), LINE_MAX).unwrap_or_default()
}

/// The parts of an address as a file has them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts<'a> {
    pub(super) first_name: &'a str,
    pub(super) last_name: &'a str,
    pub(super) name: &'a str,
    pub(super) company: &'a str,
    pub(super) line1: &'a str,
    pub(super) line2: &'a str,
    pub(super) city: &'a str,
    pub(super) region: &'a str,
    pub(super) postal_code: &'a str,
    pub(super) country: &'a str,
    pub(super) phone: &'a str,
}

impl Parts<'_> {
    /// Who they are, by the whole name or its parts.
    pub(super) fn whole_name(&self) -> String {
        let both = format!("{} {}", self.first_name, self.last_name);
        line(self.name).or_else(|| line(&both)).unwrap_or_default()
    }

    /// As it stands there, whatever today's rules for its country are; `None` where there is none.
    pub(super) fn as_it_was(&self) -> Option<Address> {
        let address = Address {
            name: self.whole_name(),
            company: line(self.company),
            line1: line(self.line1).unwrap_or_default(),
            line2: line(self.line2),
            city: line(self.city).unwrap_or_default(),
            region: line(self.region),
            postal_code: line(self.postal_code.trim_start_matches('\'')).unwrap_or_default(),
            country: address::country_code(self.country),
            phone: line(self.phone.trim_start_matches('\'')),
        };
        (address.is_somewhere() || !address.city.is_empty()).then_some(address)
    }
}

/// The beginning of a cell, for a message.
pub(super) fn excerpt(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_exports_write_them() {
        let berlin = chrono_tz::Europe::Berlin;
        for text in [
            "2023-10-05 14:30:12 +0200",
            "2023-10-05T12:30:12Z",
            "2023-10-05 12:30:12 UTC",
            "Thu, 05 Oct 2023 12:30:12 GMT",
            "2023-10-05 14:30:12",
        ] {
            let read = moment(text, berlin).expect(text).expect(text);
            assert_eq!(read.to_rfc3339(), "2023-10-05T12:30:12+00:00", "{text}");
        }
        assert_eq!(moment("", berlin), Ok(None));
        assert!(moment("05.10.23", berlin).is_err());
    }

    #[test]
    fn a_day_is_good_to_its_end() {
        let berlin = chrono_tz::Europe::Berlin;
        for (text, ends) in [
            ("2027-12-31", "2027-12-31T23:00:00+00:00"),
            ("2027-06-30", "2027-06-30T22:00:00+00:00"),
            ("2027-12-31 18:00:00", "2027-12-31T17:00:00+00:00"),
            ("2027-12-31T23:59:59Z", "2027-12-31T23:59:59+00:00"),
        ] {
            let read = end(text, berlin).expect(text).expect(text);
            assert_eq!(read.to_rfc3339(), ends, "{text}");
        }
        assert_eq!(end("", berlin), Ok(None));
        assert!(end("soon", berlin).is_err());
    }

    #[test]
    fn amounts_keep_every_minor_unit() {
        let yen: Currency = "JPY".parse().expect("a currency");
        assert_eq!(minor("1234.56", Currency::EUR), Ok(123_456));
        assert_eq!((minor("1200.0", yen), minor("", yen)), (Ok(1_200), Ok(0)));
        assert!(minor("1.234,56", Currency::EUR).is_err() && minor("1.5", yen).is_err());
        assert_eq!((quantity("2"), quantity("3.0"), quantity("")), (Ok(2), Ok(3), Ok(1)));
        assert!(quantity("a").is_err());
    }
}
