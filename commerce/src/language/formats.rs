//! Numbers, dates, amounts of money and lists as a language writes them.

use chrono::{DateTime, Datelike, NaiveDate, Offset, Timelike, Utc};
use chrono_tz::Tz;
use fixed_decimal::Decimal;
use icu_calendar::Gregorian;
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{Combo, YMD, YMDT, zone::SpecificShort},
    input::{Date, Time, TimeZone, TimeZoneInfo, UtcOffset, ZonedDateTime},
};
use icu_decimal::DecimalFormatter;
use icu_list::{ListFormatter, options::ListFormatterOptions};
use icu_locale_core::Locale;
use icu_time::zone::{ZoneNameTimestamp, models::AtTime};

use super::currencies::{Style, marked};
use crate::money::Money;

/// CLDR has every format for every language, its root's where it has no other.
const WHOLE: &str = "CLDR is compiled in";

/// Some languages' amounts begin with it.
const RIGHT_TO_LEFT: char = '\u{200f}';

/// Whichever calendar a country also has, a shop's days are those of its orders and of the post.
type Dates<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

pub(super) struct Formats {
    tag: String,
    numbers: DecimalFormatter,
    days: Dates<YMD>,
    moments: Dates<Combo<YMDT, SpecificShort>>,
    lists: ListFormatter,
    amounts: Style,
}

impl Formats {
    pub(super) fn new(tag: &str) -> Self {
        let locale = locale(tag);
        let moments = YMD::long().with_time_hm().with_zone(SpecificShort);
        Self {
            tag: tag.to_owned(),
            numbers: numbers(tag),
            days: Dates::try_new((&locale).into(), YMD::long()).expect(WHOLE),
            moments: Dates::try_new((&locale).into(), moments).expect(WHOLE),
            lists: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()).expect(WHOLE),
            amounts: Style::of(tag),
        }
    }

    pub(super) fn number(&self, number: i64) -> String {
        self.numbers.format(&number.into()).to_string()
    }

    /// With all decimals that the currency has: CLDR leaves out those that its countries no longer use, of which the books
    /// know nothing.
    pub(super) fn money(&self, money: Money) -> String {
        let written = money.decimal();
        let (minus, digits) = match written.strip_prefix('-') {
            Some(digits) => (self.minus(), digits),
            None => (String::new(), written.as_str()),
        };
        // Whatever an amount is written as is a decimal.
        let amount: Decimal = digits.parse().unwrap_or_default();
        let amount = marked(&self.tag, &self.numbers.format(&amount).to_string());
        let amount = self.amounts.amount(&amount, money.currency);
        // What says that it is read from right to left stands before everything.
        match amount.strip_prefix(RIGHT_TO_LEFT) {
            Some(amount) => format!("{RIGHT_TO_LEFT}{minus}{amount}"),
            None => format!("{minus}{amount}"),
        }
    }

    /// What stands before a negative number, a real minus instead of a hyphen.
    fn minus(&self) -> String {
        let (positive, negative) = (self.number(1), self.number(-1));
        negative.replacen(&positive, "", 1).replace('-', "\u{2212}")
    }

    pub(super) fn day(&self, day: NaiveDate) -> String {
        match date(day) {
            Some(date) => self.days.format(&date).to_string(),
            None => day.to_string(),
        }
    }

    pub(super) fn moment(&self, at: DateTime<Utc>, zone: Tz) -> String {
        match zoned(at, zone) {
            Some(moment) => self.moments.format(&moment).to_string(),
            None => at.to_rfc3339(),
        }
    }

    pub(super) fn list(&self, parts: &[String]) -> String {
        self.lists.format(parts.iter()).to_string()
    }
}

pub(super) fn numbers(tag: &str) -> DecimalFormatter {
    DecimalFormatter::try_new((&locale(tag)).into(), Default::default()).expect(WHOLE)
}

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap_or(Locale::UNKNOWN)
}

/// `None` out of the range of the calendar, which no shop reaches.
fn date(day: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Date::try_new_gregorian(day.year(), month, of_month).ok()
}

fn zoned(at: DateTime<Utc>, zone: Tz) -> Option<ZonedDateTime<Gregorian, TimeZoneInfo<AtTime>>> {
    let local = at.with_timezone(&zone);
    let (hour, minute) = (u8::try_from(local.hour()).ok()?, u8::try_from(local.minute()).ok()?);
    let offset = UtcOffset::try_from_seconds(local.offset().fix().local_minus_utc()).ok()?;
    let named_at = ZoneNameTimestamp::from_epoch_seconds(at.timestamp());
    Some(ZonedDateTime {
        date: date(local.date_naive())?,
        time: Time::try_new(hour, minute, 0, 0).ok()?,
        zone: TimeZone::from_iana_id(zone.name())
            .with_offset(Some(offset))
            .with_zone_name_timestamp(named_at),
    })
}
