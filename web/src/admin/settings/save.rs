//! The shop's own data, changed.

use crate::{
    admin::{
        asked::is_day,
        deed,
        staff::Staff,
        typed::{nulls, texts, version, words},
    },
    documents::{
        AdminShopSave,
        admin_shop_save::{self as document, ShippingTaxPolicy, TaxAbroadPolicy, Weekday},
    },
    postal,
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// In the order of ISO 8601.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MONDAY", Weekday::Monday),
    ("TUESDAY", Weekday::Tuesday),
    ("WEDNESDAY", Weekday::Wednesday),
    ("THURSDAY", Weekday::Thursday),
    ("FRIDAY", Weekday::Friday),
    ("SATURDAY", Weekday::Saturday),
    ("SUNDAY", Weekday::Sunday),
];

/// Of which the form has one field for all.
const LISTS: [&str; 3] = ["locales", "closedOn", "workingDays"];

/// What was refused, if anything was.
///
/// # Errors
/// Where there is no answer.
pub async fn save(staff: &Staff, form: &Form) -> Result<Vec<Refusal>, Problem> {
    let closed_on = words(form.text("closedOn"));
    if !closed_on.iter().all(|day| is_day(day)) {
        return Ok(vec![Refusal::at("INVALID", "closedOn")]);
    }
    // Each day has a box of its own, called as it is.
    let working_days = WEEKDAYS.into_iter().filter(|(name, _)| form.some(name).is_some());
    let address = postal::is_typed(form).then(|| postal::input!(form, document));
    let mut nulls = nulls(
        form,
        &["contactEmail", "creditReminderDays", "giftCardMonths", "vatNumber"],
    );
    if address.is_none() {
        nulls.push("/input/address".to_owned());
    }
    let input = document::ShopUpdateInput {
        address,
        closed_on: Some(closed_on),
        contact_email: form.some("contactEmail"),
        country_code: form.some("shopCountry"),
        currency_code: form.some("currencyCode").map(|code| code.to_uppercase()),
        expected_version: version(form),
        credit_refunded_first: form.some("creditRefundedFirst").map(|answer| answer == "true"),
        credit_reminder_days: form
            .some("creditReminderDays")
            .map(|days| days.parse().unwrap_or_default()),
        gift_card_months: form
            .some("giftCardMonths")
            .map(|months| months.parse().unwrap_or_default()),
        locales: Some(locales(form)),
        name: Some(form.text("shopName").to_owned()),
        prices_include_tax: form.some("pricesIncludeTax").map(|answer| answer == "true"),
        shipping_tax: form.some("shippingTax").map(ShippingTaxPolicy::Other),
        tax_abroad: form.some("taxAbroad").map(TaxAbroadPolicy::Other),
        time_zone: form.some("timeZone"),
        vat_number: form.some("vatNumber"),
        working_days: Some(working_days.map(|(_, day)| day).collect()),
    };
    let refused = deed::run_with_nulls(staff, AdminShopSave, document::Variables { input }, &nulls).await?;
    Ok(refused.into_iter().map(at_field).collect())
}

/// The default language, and behind it the others.
fn locales(form: &Form) -> Vec<String> {
    let default = form.some("defaultLocale");
    let others = texts(&form.all("locales").join(",")).into_iter();
    let others: Vec<_> = others.filter(|tag| Some(tag) != default.as_ref()).collect();
    default.into_iter().chain(others).collect()
}

/// The form has the shop's name and country beside those of its address.
fn at_field(refusal: Refusal) -> Refusal {
    refusal
        .called(&["name"], "shopName")
        .called(&["countryCode"], "shopCountry")
        .at_list(&LISTS)
}
