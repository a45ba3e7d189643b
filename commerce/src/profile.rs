//! What the shop is: what staff change while it is open. The database has it in one row, which
//! [`settings`](crate::settings) reads and writes; every process holds what it last read, and its
//! [`Shop`](crate::Shop) hands it out.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use vitrine_entity::{address::Address, flag, market, price_list};
pub use vitrine_entity::{
    document_settings::InvoiceAt,
    shop_settings::{ShippingTax, ShopKind, TaxAbroad},
};

use crate::money::Currency;

/// The days from Monday to Friday.
const MONDAY_TO_FRIDAY: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// How far a working day is looked for: whoever closes for longer has no next one.
const CLOSED_DAYS_MAX: usize = 400;

/// How far clocks are put forward at once, anywhere.
const CLOCKS_FORWARD_HOURS_MAX: i64 = 3;

/// What the shop is.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Grows with every change.
    pub version: i64,
    pub kind: ShopKind,
    pub name: String,
    /// Where it is, and whose tax is shown before the shopper gives an address; ISO 3166-1 alpha-2.
    /// Country, currency and language are what a request without its own is answered in: what is decided for one
    /// stands in its `Context`.
    pub country: Arc<str>,
    pub currency: Currency,
    /// BCP 47, as in `en`; never empty, and the first is the default.
    pub languages: Vec<Arc<str>>,
    /// Whether catalogue and shipping prices contain the tax.
    pub prices_include_tax: bool,
    pub time_zone: Tz,
    pub working_days: BTreeSet<WorkingDay>,
    /// Days on which nothing is sent although they are working days.
    pub closed_on: BTreeSet<NaiveDate>,
    pub shipping_tax: ShippingTax,
    pub tax_abroad: TaxAbroad,
    /// Where shoppers write to.
    pub contact_email: Option<String>,
    /// The merchant's, as an imprint and mails name it.
    pub address: Option<Address>,
    pub vat_number: Option<String>,
    /// How long a gift card can be used beyond the year in which it was issued; `None`: for ever.
    pub gift_card_months: Option<u32>,
    /// How many days before the time of a gift card or of store credit is over its owner is reminded; `None`: not at all.
    pub credit_reminder_days: Option<u32>,
    /// Whether a refund goes to gift cards and store credit before it goes to the means of payment.
    pub credit_refunded_first: bool,
    /// Where it sells in which currency, in the order in which they were made.
    pub markets: Vec<market::Model>,
    /// What it sells in besides its own currency.
    pub price_lists: Vec<price_list::Model>,
    /// What it has of what most shops have not, and need not be asked for.
    pub trade: Trade,
    /// Which documents make themselves.
    pub documents: Documents,
    /// Whether any endpoint is sent events, so that they have to be written.
    pub has_webhooks: bool,
    /// Whether any synonyms are of one language alone, and have to be looked for.
    pub has_language_synonyms: bool,
    /// What staff have switched, by name.
    pub flags: Vec<flag::Model>,
}

/// Which documents an order gets without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documents {
    pub invoice_at: InvoiceAt,
    pub delivery_notes: bool,
    /// Whether there is any invoice, from which a credit note could take.
    pub has_invoices: bool,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            invoice_at: InvoiceAt::Asked,
            delivery_notes: false,
            has_invoices: false,
        }
    }
}

/// Which terms of their own there are for anybody. What is not there is not looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trade {
    pub has_catalogs: bool,
    pub has_companies: bool,
    pub has_quantity_prices: bool,
}

/// A day of the week; they sort from Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingDay(pub Weekday);

impl WorkingDay {
    /// ISO 8601: 1 is Monday, 7 is Sunday.
    pub fn number(self) -> u32 {
        self.0.number_from_monday()
    }
}

impl Ord for WorkingDay {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number().cmp(&other.number())
    }
}

impl PartialOrd for WorkingDay {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Profile {
    /// A shop that has said no more than this: prices that include the tax, Monday to Friday, UTC.
    pub fn new(name: impl Into<String>, country: &str, currency: Currency, language: &str) -> Self {
        Self {
            version: 1,
            kind: ShopKind::New,
            name: name.into(),
            country: country.into(),
            currency,
            languages: vec![language.into()],
            prices_include_tax: true,
            time_zone: Tz::UTC,
            working_days: MONDAY_TO_FRIDAY.map(WorkingDay).into(),
            closed_on: BTreeSet::new(),
            shipping_tax: ShippingTax::OwnRate,
            tax_abroad: TaxAbroad::Keep,
            contact_email: None,
            address: None,
            vat_number: None,
            gift_card_months: None,
            credit_reminder_days: None,
            credit_refunded_first: false,
            markets: Vec::new(),
            price_lists: Vec::new(),
            trade: Trade::default(),
            documents: Documents::default(),
            has_webhooks: false,
            has_language_synonyms: false,
            flags: Vec::new(),
        }
    }

    /// The default language.
    pub fn language(&self) -> Arc<str> {
        self.languages.first().cloned().unwrap_or_else(|| "en".into())
    }

    /// The one of its languages that a tag names, however it is written: `pt_br`.
    pub fn spoken(&self, tag: &str) -> Option<Arc<str>> {
        let tag = tag.trim().replace('_', "-");
        let mut spoken = self.languages.iter();
        spoken.find(|spoken| spoken.eq_ignore_ascii_case(&tag)).cloned()
    }

    /// The market that names a country.
    pub fn market_of(&self, country: &str) -> Option<&market::Model> {
        let names = |market: &&market::Model| market.countries.0.iter().any(|named| named == country);
        self.markets.iter().find(names)
    }

    /// What the shop sells in there: where no market names the country, its own currency.
    pub fn currency_in(&self, country: &str) -> Currency {
        self.market_of(country).map_or(self.currency, |market| market.currency)
    }

    /// What staff have said of a flag, where they have said anything.
    pub fn flag(&self, name: &str) -> Option<&flag::Model> {
        let place = self.flags.binary_search_by(|flag| (*flag.name).cmp(name));
        place.ok().and_then(|place| self.flags.get(place))
    }

    /// How prices are made in a currency that is not the shop's own.
    pub fn price_list(&self, currency: Currency) -> Option<&price_list::Model> {
        self.price_lists.iter().find(|list| list.currency == currency)
    }

    /// What the shop sells in, its own currency first.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        std::iter::once(self.currency).chain(self.price_lists.iter().map(|list| list.currency))
    }

    /// Whether prices in a currency contain the tax.
    pub fn includes_tax(&self, currency: Currency) -> bool {
        let list = self.price_list(currency);
        list.map_or(self.prices_include_tax, |list| list.prices_include_tax)
    }

    /// Which day it is in the shop.
    pub fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.time_zone).date_naive()
    }

    /// When a day begins in the shop. Where clocks are put forward at midnight, that is later.
    pub fn day_begins(&self, date: NaiveDate) -> DateTime<Utc> {
        let midnight = date.and_time(NaiveTime::MIN);
        let hours =
            (0..=CLOCKS_FORWARD_HOURS_MAX).filter_map(|hours| midnight.checked_add_signed(TimeDelta::hours(hours)));
        let first = hours
            .filter_map(|time| self.time_zone.from_local_datetime(&time).earliest())
            .next();
        first.map_or_else(|| midnight.and_utc(), |time| time.with_timezone(&Utc))
    }

    /// Whether somebody works on that day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.working_days.contains(&WorkingDay(date.weekday())) && !self.closed_on.contains(&date)
    }

    /// The `count`th working day after `date`, which itself does not count; the first on or after it
    /// where `count` is 0. `None` where there is none in about a year.
    pub fn working_day_after(&self, date: NaiveDate, count: u32) -> Option<NaiveDate> {
        let days = date.iter_days().skip(usize::from(count > 0));
        let within = CLOSED_DAYS_MAX.saturating_add(count as usize * 7);
        let mut working = days.take(within).filter(|day| self.is_working_day(*day));
        working.nth(count.saturating_sub(1) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        Profile {
            time_zone: Tz::Europe__Berlin,
            closed_on: ["2026-12-25", "2026-12-28"].map(day).into(),
            ..Profile::new("A shop", "DE", Currency::EUR, "de")
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_days_are_those_of_the_shops_place() {
        let late: DateTime<Utc> = "2026-06-30T22:30:00Z".parse().expect("a time");
        assert_eq!(profile().date(late), day("2026-07-01"));
        assert_eq!(
            profile().day_begins(day("2026-07-01")).to_rfc3339(),
            "2026-06-30T22:00:00+00:00"
        );
        let beirut = Profile {
            time_zone: Tz::Asia__Beirut,
            ..profile()
        };
        let forward = beirut.day_begins(day("2026-03-29"));
        assert_eq!(
            forward.to_rfc3339(),
            "2026-03-28T22:00:00+00:00",
            "there is no midnight on that day"
        );
    }

    #[test]
    fn weekends_and_closed_days_do_not_count() {
        let profile = profile();
        // 2026-12-24 is a Thursday.
        let after = |date: &str, count| profile.working_day_after(day(date), count);
        assert_eq!(after("2026-12-24", 0), Some(day("2026-12-24")));
        assert_eq!(after("2026-12-25", 0), Some(day("2026-12-29")));
        assert_eq!(after("2026-12-24", 1), Some(day("2026-12-29")));
        assert_eq!(after("2026-12-26", 2), Some(day("2026-12-30")));
        let never = Profile {
            working_days: BTreeSet::new(),
            ..profile.clone()
        };
        assert_eq!(never.working_day_after(day("2026-12-24"), 1), None);
    }
}
