//! What may be written into the settings.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;

use super::{change::ShopUpdate, language};
use crate::{
    ErrorCode, Refusal, Result, address,
    language::{Message, messages},
    money::Currency,
    profile::{Profile, WorkingDay},
    text,
};

pub(super) const NAME_MAX: usize = 100;
const LANGUAGES_MAX: usize = 20;
const CLOSED_MAX: usize = 400;
const GIFT_CARD_MONTHS_MAX: u32 = 1_200;
const CREDIT_REMINDER_DAYS_MAX: u32 = 365;

/// The profile as the change leaves it.
pub(super) fn changed(before: &Profile, update: &ShopUpdate) -> Result<Profile> {
    let mut after = before.clone();
    if let Some(name) = &update.name {
        after.name = text::line(&["name"], name, NAME_MAX)?;
    }
    if let Some(country) = &update.country {
        after.country = address::country(&["countryCode"], country)?.into();
    }
    if let Some(code) = &update.currency {
        after.currency = currency(code)?;
    }
    if let Some(tags) = &update.languages {
        after.languages = languages(tags)?;
    }
    if let Some(name) = &update.time_zone {
        after.time_zone = time_zone(name)?;
    }
    if let Some(days) = &update.working_days {
        after.working_days = working_days(days)?;
    }
    if let Some(dates) = &update.closed_on {
        after.closed_on = closed_on(dates)?;
    }
    if let Some(email) = &update.contact_email {
        let email = email.as_deref().filter(|email| !text::normal(email).is_empty());
        after.contact_email = email.map(|email| text::email(&["contactEmail"], email)).transpose()?;
    }
    if let Some(address) = &update.address {
        let address = address.as_ref();
        after.address = address
            .map(|address| address::checked(address, "address"))
            .transpose()?;
    }
    if let Some(number) = &update.vat_number {
        after.vat_number = text::optional_line(&["vatNumber"], number.as_deref(), 30)?;
    }
    after.prices_include_tax = update.prices_include_tax.unwrap_or(before.prices_include_tax);
    after.shipping_tax = update.shipping_tax.unwrap_or(before.shipping_tax);
    after.tax_abroad = update.tax_abroad.unwrap_or(before.tax_abroad);
    after.credit_refunded_first = update.credit_refunded_first.unwrap_or(before.credit_refunded_first);
    if let Some(months) = update.gift_card_months {
        after.gift_card_months = months.map(gift_card_months).transpose()?;
    }
    if let Some(days) = update.credit_reminder_days {
        after.credit_reminder_days = days.map(credit_reminder_days).transpose()?;
    }
    Ok(after)
}

fn gift_card_months(months: i32) -> Result<u32, Refusal> {
    let months = u32::try_from(months)
        .ok()
        .filter(|months| (1..=GIFT_CARD_MONTHS_MAX).contains(months));
    months.ok_or_else(|| {
        let message = messages::gift_card_months_range();
        invalid("giftCardMonths", message)
    })
}

fn credit_reminder_days(days: i32) -> Result<u32, Refusal> {
    let days = u32::try_from(days)
        .ok()
        .filter(|days| (1..=CREDIT_REMINDER_DAYS_MAX).contains(days));
    days.ok_or_else(|| {
        let message = messages::credit_reminder_days_range();
        invalid("creditReminderDays", message)
    })
}

fn currency(code: &str) -> Result<Currency, Refusal> {
    let currency = text::normal(code).to_ascii_uppercase().parse();
    currency.map_err(|_| invalid("currencyCode", messages::shop_currency_form()))
}

fn languages(tags: &[String]) -> Result<Vec<Arc<str>>, Refusal> {
    if tags.is_empty() || tags.len() > LANGUAGES_MAX {
        let message = messages::shop_languages_range(LANGUAGES_MAX);
        return Err(invalid("locales", message));
    }
    let mut languages = Vec::new();
    for tag in tags {
        let tag: Arc<str> = language(&["locales"], tag)?.into();
        if languages.contains(&tag) {
            return Err(invalid("locales", messages::shop_language_twice(&*tag)));
        }
        languages.push(tag);
    }
    Ok(languages)
}

fn time_zone(name: &str) -> Result<Tz, Refusal> {
    let zone = text::normal(name).parse();
    zone.map_err(|_| invalid("timeZone", messages::time_zone_form()))
}

fn working_days(days: &[Weekday]) -> Result<BTreeSet<WorkingDay>, Refusal> {
    if days.is_empty() {
        return Err(invalid("workingDays", messages::working_days_needed()));
    }
    Ok(days.iter().copied().map(WorkingDay).collect())
}

fn closed_on(dates: &[NaiveDate]) -> Result<BTreeSet<NaiveDate>, Refusal> {
    if dates.len() > CLOSED_MAX {
        let message = messages::closed_days_max(CLOSED_MAX);
        return Err(invalid("closedOn", message));
    }
    Ok(dates.iter().copied().collect())
}

fn invalid(field: &str, message: impl Into<Message>) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(&[field])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    fn fields(update: ShopUpdate) -> Vec<String> {
        let before = Profile::new("A shop", "DE", Currency::EUR, "de");
        match changed(&before, &update) {
            Ok(_) => Vec::new(),
            Err(Error::Refused(mut refusals)) => refusals.swap_remove(0).field,
            Err(Error::Fault(fault)) => panic!("{fault}"),
        }
    }

    #[test]
    fn every_field_is_checked() {
        let text = |text: &str| Some(text.to_owned());
        let none = ShopUpdate::default;
        assert_eq!(fields(none()), Vec::<String>::new());
        assert_eq!(
            fields(ShopUpdate {
                name: text(" \n "),
                ..none()
            }),
            ["name"]
        );
        assert_eq!(
            fields(ShopUpdate {
                country: text("ZZ"),
                ..none()
            }),
            ["countryCode"]
        );
        assert_eq!(
            fields(ShopUpdate {
                currency: text("EURO"),
                ..none()
            }),
            ["currencyCode"]
        );
        assert_eq!(
            fields(ShopUpdate {
                time_zone: text("Berlin"),
                ..none()
            }),
            ["timeZone"]
        );
        for tags in [vec![], vec!["english"], vec!["de", "DE"]] {
            let languages = Some(tags.into_iter().map(str::to_owned).collect());
            assert_eq!(fields(ShopUpdate { languages, ..none() }), ["locales"]);
        }
        assert_eq!(
            fields(ShopUpdate {
                working_days: Some(vec![]),
                ..none()
            }),
            ["workingDays"]
        );
        assert_eq!(
            fields(ShopUpdate {
                contact_email: Some(text("ada")),
                ..none()
            }),
            ["contactEmail"]
        );
        assert_eq!(
            fields(ShopUpdate {
                vat_number: Some(text("DE\u{1}1")),
                ..none()
            }),
            ["vatNumber"]
        );
    }

    #[test]
    fn null_takes_away_and_case_does_not_matter() {
        let before = Profile {
            contact_email: Some("ada@example.com".to_owned()),
            ..Profile::new("A shop", "DE", Currency::EUR, "de")
        };
        let update = ShopUpdate {
            country: Some("at".to_owned()),
            languages: Some(vec!["de-at".to_owned(), "EN".to_owned()]),
            contact_email: Some(None),
            ..ShopUpdate::default()
        };
        let after = changed(&before, &update).expect("it is right");
        assert_eq!((&*after.country, after.contact_email), ("AT", None));
        assert_eq!(after.languages, ["de-AT", "en"].map(Arc::from));
    }
}
