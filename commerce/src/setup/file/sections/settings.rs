//! What the shop is. A key that is left out stays as it is.

use async_trait::async_trait;
use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::address::AddressEntry;
use crate::{
    Result, Tx,
    profile::{ShippingTax, TaxAbroad},
    settings::{self, ShopUpdate},
    setup::file::section::Section,
};

pub(super) struct Settings;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct SettingsEntry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) currency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    languages: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prices_include_tax: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    working_days: Option<Vec<Day>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_on: Option<Vec<NaiveDate>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shipping_tax: Option<ShippingTaxWord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tax_abroad: Option<TaxAbroadWord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contact_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vat_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<AddressEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gift_card_months: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credit_reminder_days: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credit_refunded_first: Option<bool>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ShippingTaxWord {
    OwnRate,
    Proportional,
    Highest,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TaxAbroadWord {
    Keep,
    Remove,
}

const DAYS: [(Day, Weekday); 7] = [
    (Day::Monday, Weekday::Mon),
    (Day::Tuesday, Weekday::Tue),
    (Day::Wednesday, Weekday::Wed),
    (Day::Thursday, Weekday::Thu),
    (Day::Friday, Weekday::Fri),
    (Day::Saturday, Weekday::Sat),
    (Day::Sunday, Weekday::Sun),
];

#[async_trait]
impl Section for Settings {
    const KEY: &'static str = "settings";
    const IS_ONE: bool = true;
    type Id = ();
    type Entry = SettingsEntry;

    fn name(_: &SettingsEntry) -> String {
        String::new()
    }

    async fn read(tx: &Tx) -> Result<Vec<((), SettingsEntry)>> {
        let profile = settings::current(tx).await?;
        let day = |day: Weekday| DAYS.iter().find(|(_, of)| *of == day).map(|(word, _)| *word);
        let entry = SettingsEntry {
            name: Some(profile.name),
            country: Some(profile.country.to_string()),
            currency: Some(profile.currency.code().to_owned()),
            languages: Some(profile.languages.iter().map(|tag| tag.to_string()).collect()),
            prices_include_tax: Some(profile.prices_include_tax),
            time_zone: Some(profile.time_zone.name().to_owned()),
            working_days: Some(
                profile
                    .working_days
                    .iter()
                    .filter_map(|working| day(working.0))
                    .collect(),
            ),
            closed_on: Some(profile.closed_on.into_iter().collect()).filter(|dates: &Vec<_>| !dates.is_empty()),
            shipping_tax: Some(match profile.shipping_tax {
                ShippingTax::OwnRate => ShippingTaxWord::OwnRate,
                ShippingTax::Proportional => ShippingTaxWord::Proportional,
                ShippingTax::Highest => ShippingTaxWord::Highest,
            }),
            tax_abroad: Some(match profile.tax_abroad {
                TaxAbroad::Keep => TaxAbroadWord::Keep,
                TaxAbroad::Remove => TaxAbroadWord::Remove,
            }),
            contact_email: profile.contact_email,
            vat_number: profile.vat_number,
            address: profile.address.map(AddressEntry::from),
            gift_card_months: profile.gift_card_months.and_then(|months| i32::try_from(months).ok()),
            credit_reminder_days: profile.credit_reminder_days.and_then(|days| i32::try_from(days).ok()),
            credit_refunded_first: Some(profile.credit_refunded_first).filter(|first| *first),
        };
        Ok(vec![((), entry)])
    }

    async fn put(tx: &Tx, _: Option<()>, entry: &SettingsEntry, _: bool) -> Result<()> {
        let entry = entry.clone();
        let day = |word: Day| DAYS[word as usize].1;
        let update = ShopUpdate {
            expected_version: None,
            name: entry.name,
            country: entry.country,
            currency: entry.currency,
            languages: entry.languages,
            prices_include_tax: entry.prices_include_tax,
            time_zone: entry.time_zone,
            working_days: entry.working_days.map(|days| days.into_iter().map(day).collect()),
            closed_on: entry.closed_on,
            shipping_tax: entry.shipping_tax.map(|word| match word {
                ShippingTaxWord::OwnRate => ShippingTax::OwnRate,
                ShippingTaxWord::Proportional => ShippingTax::Proportional,
                ShippingTaxWord::Highest => ShippingTax::Highest,
            }),
            tax_abroad: entry.tax_abroad.map(|word| match word {
                TaxAbroadWord::Keep => TaxAbroad::Keep,
                TaxAbroadWord::Remove => TaxAbroad::Remove,
            }),
            contact_email: entry.contact_email.map(Some),
            address: entry.address.map(|address| Some(address.into())),
            vat_number: entry.vat_number.map(Some),
            gift_card_months: entry.gift_card_months.map(Some),
            credit_reminder_days: entry.credit_reminder_days.map(Some),
            credit_refunded_first: entry.credit_refunded_first,
        };
        settings::update_in(tx, &update).await.map(drop)
    }

    async fn remove(_: &Tx, (): ()) -> Result<()> {
        Ok(())
    }

    async fn order(_: &Tx, _: &[()]) -> Result<()> {
        Ok(())
    }
}
