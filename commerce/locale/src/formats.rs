//! Numbers, dates, amounts of money and lists as a language writes them.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

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
use icu_plurals::PluralRules;
use icu_time::zone::{ZoneNameTimestamp, models::AtTime};

use crate::{
    currencies::{Style, marked},
    patterns::Around,
    percents, plurals,
};

/// CLDR has every format for every language, its root's where it has no other.
const WHOLE: &str = "CLDR is compiled in";

/// Some languages' amounts begin with it.
const RIGHT_TO_LEFT: char = '\u{200f}';

/// How many are kept: of more languages, the rest is made anew each time.
const KEPT_MAX: usize = 200;

static KEPT: LazyLock<RwLock<HashMap<String, Arc<Formats>>>> = LazyLock::new(RwLock::default);

/// Whichever calendar a country also has, a shop's days are those of its orders and of the post.
type Dates<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// How a language, or a country's way of it, writes.
pub struct Formats {
    tag: String,
    numbers: DecimalFormatter,
    days: Dates<YMD>,
    moments: Dates<Combo<YMDT, SpecificShort>>,
    lists: ListFormatter,
    plurals: PluralRules,
    amounts: Style,
    percents: Around,
}

impl Formats {
    /// By a tag of BCP 47. Each is made once in the life of a process.
    pub fn of(tag: &str) -> Arc<Self> {
        let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner).get(tag).cloned();
        kept.unwrap_or_else(|| {
            let formats = Arc::new(Self::new(tag));
            let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT_MAX {
                kept.insert(tag.to_owned(), Arc::clone(&formats));
            }
            formats
        })
    }

    fn new(tag: &str) -> Self {
        let locale = locale(tag);
        let moments = YMD::long().with_time_hm().with_zone(SpecificShort);
        Self {
            tag: tag.to_owned(),
            numbers: DecimalFormatter::try_new((&locale).into(), Default::default()).expect(WHOLE),
            days: Dates::try_new((&locale).into(), YMD::long()).expect(WHOLE),
            moments: Dates::try_new((&locale).into(), moments).expect(WHOLE),
            lists: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()).expect(WHOLE),
            plurals: PluralRules::try_new_cardinal((&locale).into()).expect(WHOLE),
            amounts: Style::of(tag),
            percents: percents::of(tag),
        }
    }

    /// `1,249`.
    pub fn number(&self, number: i64) -> String {
        self.numbers.format(&number.into()).to_string()
    }

    /// A decimal with all of its digits, as in `1249.50`; itself, where it is none.
    pub fn decimal(&self, decimal: &str) -> String {
        match decimal.parse::<Decimal>() {
            Ok(number) => self.numbers.format(&number).to_string(),
            Err(_) => decimal.to_owned(),
        }
    }

    /// `€1,249.00`, of a decimal and the currency's code. With all decimals that the currency has: CLDR leaves out those that
    /// its countries no longer use, of which the books know nothing.
    pub fn money(&self, amount: &str, currency: &str) -> String {
        let (minus, digits) = match amount.strip_prefix('-') {
            Some(digits) => (self.minus(), digits),
            None => (String::new(), amount),
        };
        let amount = self.amounts.amount(&marked(&self.tag, &self.decimal(digits)), currency);
        // What says that it is read from right to left stands before everything.
        match amount.strip_prefix(RIGHT_TO_LEFT) {
            Some(amount) => format!("{RIGHT_TO_LEFT}{minus}{amount}"),
            None => format!("{minus}{amount}"),
        }
    }

    /// `7.7%`, of hundredths of a percent.
    pub fn percent(&self, basis_points: i64) -> String {
        let minus = if basis_points < 0 { self.minus() } else { String::new() };
        let digits = self.decimal(&percents::digits(basis_points.unsigned_abs()));
        format!("{minus}{}{digits}{}", self.percents.before, self.percents.behind)
    }

    /// What stands before a negative number, a real minus instead of a hyphen.
    fn minus(&self) -> String {
        let (positive, negative) = (self.number(1), self.number(-1));
        negative.replacen(&positive, "", 1).replace('-', "\u{2212}")
    }

    /// `20 November 2026`.
    pub fn day(&self, day: NaiveDate) -> String {
        match date(day) {
            Some(date) => self.days.format(&date).to_string(),
            None => day.to_string(),
        }
    }

    /// `20 November 2026 at 14:35 CET`, by the clock of `zone`.
    pub fn moment(&self, at: DateTime<Utc>, zone: Tz) -> String {
        match zoned(at, zone) {
            Some(moment) => self.moments.format(&moment).to_string(),
            None => at.to_rfc3339(),
        }
    }

    /// `red, green and blue`.
    pub fn list(&self, parts: &[String]) -> String {
        self.lists.format(parts.iter()).to_string()
    }

    /// Which of [`FORMS`](crate::FORMS) a number takes: `one` of `1 product`.
    pub fn form(&self, number: i64) -> &'static str {
        plurals::form(&self.plurals, number)
    }

    /// Those that the language has.
    pub fn forms(&self) -> impl Iterator<Item = &'static str> {
        plurals::all(&self.plurals)
    }
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
