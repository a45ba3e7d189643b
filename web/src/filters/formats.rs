//! Numbers and days as Unicode's CLDR has them. Each thread keeps those of the languages that it wrote.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use fixed_decimal::Decimal;
use icu_calendar::{Date, Gregorian};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets::YMD};
use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale;

use crate::words::FALLBACK;

/// CLDR has every format for every language, its root's where it has no other.
const WHOLE: &str = "CLDR is compiled in";

struct Formats {
    numbers: DecimalFormatter,
    days: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
}

impl Formats {
    fn new(language: &str) -> Self {
        // CLDR's English without a country is American.
        let tag = if language == FALLBACK { "en-GB" } else { language };
        let locale: Locale = tag.parse().unwrap_or(Locale::UNKNOWN);
        Self {
            numbers: DecimalFormatter::try_new((&locale).into(), Default::default()).expect(WHOLE),
            days: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long()).expect(WHOLE),
        }
    }
}

thread_local! {
    static KEPT: RefCell<HashMap<String, Rc<Formats>>> = RefCell::default();
}

/// Only languages that a theme has words of come here.
fn of(language: &str) -> Rc<Formats> {
    KEPT.with_borrow_mut(|kept| match kept.get(language) {
        Some(formats) => Rc::clone(formats),
        None => {
            let formats = Rc::new(Formats::new(language));
            kept.insert(language.to_owned(), Rc::clone(&formats));
            formats
        }
    })
}

/// A decimal with all of its digits; itself, where it is none.
pub(super) fn number(language: &str, decimal: &str) -> String {
    match decimal.parse::<Decimal>() {
        Ok(number) => of(language).numbers.format(&number).to_string(),
        Err(_) => decimal.to_owned(),
    }
}

/// `None` for what is no day.
pub(super) fn day(language: &str, year: i32, month: u8, day: u8) -> Option<String> {
    let date = Date::try_new_gregorian(year, month, day).ok()?;
    Some(of(language).days.format(&date).to_string())
}
