//! What staff may change of the settings.

use chrono::{NaiveDate, Weekday};

use crate::{
    address::AddressInput,
    profile::{ShippingTax, TaxAbroad},
};

/// A change of the shop's settings; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShopUpdate {
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub name: Option<String>,
    pub country: Option<String>,
    pub currency: Option<String>,
    /// All of them, the default one first.
    pub languages: Option<Vec<String>>,
    pub prices_include_tax: Option<bool>,
    pub time_zone: Option<String>,
    /// All of them.
    pub working_days: Option<Vec<Weekday>>,
    /// All of them.
    pub closed_on: Option<Vec<NaiveDate>>,
    pub shipping_tax: Option<ShippingTax>,
    pub tax_abroad: Option<TaxAbroad>,
    /// `Some(None)` takes it away; the next two likewise.
    pub contact_email: Option<Option<String>>,
    pub address: Option<Option<AddressInput>>,
    pub vat_number: Option<Option<String>>,
    /// `Some(None)`: gift cards do not expire.
    pub gift_card_months: Option<Option<i32>>,
    /// 1 to 365; `Some(None)`: nobody is reminded.
    pub credit_reminder_days: Option<Option<i32>>,
    pub credit_refunded_first: Option<bool>,
}
