//! The fields of a variant that staff may change, and their effect on its row: pure.

use vitrine_entity::{price, variant};

use super::family::{Family, strings};
use crate::{
    ErrorCode, Refusal,
    catalog::{
        fields::{Refusals, amount},
        own_amount::{self, GiftCardAmountsFields},
        save::WEIGHT_GRAMS_MAX,
        unit_price::{self, UnitMeasurementFields},
    },
    language::messages,
    money::{Currency, Money},
    text,
};

/// A change of a variant. `None` leaves a field as it is, and `Some(None)` takes its value away.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VariantFields {
    pub sku: Option<String>,
    /// Names of options and the variant's value for each. Those that are not named keep theirs.
    pub options: Option<Vec<(String, String)>>,
    /// In the caller's currency. Without a price a variant is not for sale.
    pub price: Option<Option<Money>>,
    /// The former price, shown crossed out.
    pub compare_at: Option<Option<Money>>,
    pub weight_grams: Option<i32>,
    pub requires_shipping: Option<bool>,
    pub tax_category: Option<Option<String>>,
    /// What it needs of whoever carries it, in a word of the shop's own.
    pub shipping_class: Option<Option<String>>,
    pub barcode: Option<Option<String>>,
    pub low_stock_threshold: Option<Option<i32>>,
    pub active: Option<bool>,
    pub unit_measurement: Option<Option<UnitMeasurementFields>>,
    /// Whether it is a gift card, which is neither sent nor taxed.
    pub gift_card: Option<bool>,
    /// Between which amounts its buyer may choose, of a gift card.
    pub gift_card_amounts: Option<Option<GiftCardAmountsFields>>,
}

/// Changes the variant at `place`; `path` is its place in the input.
pub(super) fn apply(
    family: &mut Family,
    place: usize,
    fields: &VariantFields,
    currency: Currency,
    path: &str,
    refusals: &mut Refusals,
) {
    if let Some(chosen) = &fields.options {
        choose(family, place, chosen, path, refusals);
    }
    set_price(family, place, fields, currency, path, refusals);
    apply_row(&mut family.variants[place], fields, path, refusals);
}

fn apply_row(row: &mut variant::Model, fields: &VariantFields, path: &str, refusals: &mut Refusals) {
    let field = |name| ["variants", path, name];
    if let Some(sku) = &fields.sku {
        row.sku.clone_from(sku);
        refusals.line(&field("sku"), &mut row.sku, 100);
    }
    if let Some(grams) = fields.weight_grams {
        row.weight_grams = grams;
        if !(0..=WEIGHT_GRAMS_MAX).contains(&grams) {
            let message = messages::weight_range(WEIGHT_GRAMS_MAX);
            refusals.refuse(&field("weightGrams"), message);
        }
    }
    if let Some(threshold) = fields.low_stock_threshold {
        row.low_stock_threshold = threshold;
        if threshold.is_some_and(|threshold| threshold < 0) {
            refusals.refuse(&field("lowStockThreshold"), messages::threshold_not_negative());
        }
    }
    for (name, given, kept) in [
        ("taxCategory", &fields.tax_category, &mut row.tax_category),
        ("barcode", &fields.barcode, &mut row.barcode),
    ] {
        if let Some(given) = given {
            kept.clone_from(given);
            refusals.optional(&field(name), kept, 100);
        }
    }
    if let Some(class) = &fields.shipping_class {
        row.shipping_class = class.as_ref().map(|class| class.to_lowercase());
        refusals.optional(&field("shippingClass"), &mut row.shipping_class, 50);
    }
    if let Some(measurement) = &fields.unit_measurement {
        let read = |given| unit_price::read(given, &field("unitPriceMeasurement"), refusals);
        row.unit_measurement = measurement.as_ref().and_then(read);
    }
    row.requires_shipping = fields.requires_shipping.unwrap_or(row.requires_shipping);
    row.active = fields.active.unwrap_or(row.active);
    row.gift_card = fields.gift_card.unwrap_or(row.gift_card);
    if let Some(amounts) = &fields.gift_card_amounts {
        let read = |given| own_amount::read(given, &field("giftCardAmounts"), refusals);
        row.gift_card_amounts = amounts.as_ref().and_then(read);
        if row.gift_card_amounts.is_some() && !row.gift_card {
            refusals.refuse(&field("giftCardAmounts"), messages::own_amount_needs_gift_card());
        }
    }
    if !row.gift_card {
        row.gift_card_amounts = None;
    }
    if row.gift_card {
        row.requires_shipping = false;
        row.tax_category = Some(variant::UNTAXED.to_owned());
    }
}

/// Gives the variant a value for each option that is named.
fn choose(family: &mut Family, place: usize, chosen: &[(String, String)], path: &str, refusals: &mut Refusals) {
    let field = ["variants", path, "options"];
    let mut values = strings(&family.variants[place].option_values);
    values.resize(family.options.len(), String::new());
    for (name, value) in chosen {
        let name = text::normal(name);
        let Some(index) = family.options.iter().position(|option| option.name == name) else {
            let message = match family.options.len() {
                0 => messages::option_to_be_added(name),
                _ => messages::option_not_among(name, family.option_names()),
            };
            refusals.refuse(&field, message);
            continue;
        };
        let mut value = value.clone();
        refusals.line(&field, &mut value, 255);
        values[index] = value;
    }
    family.choose(place, values);
}

/// Refuses a variant that lacks a value for one of the options.
pub(super) fn check_chosen(family: &Family, place: usize, path: &str, refusals: &mut Refusals) {
    let values = strings(&family.variants[place].option_values);
    let missing = family
        .options
        .iter()
        .enumerate()
        .find(|(index, _)| values.get(*index).is_none_or(String::is_empty));
    if let Some((_, option)) = missing {
        let message = messages::variant_needs_value(&option.name);
        refusals.refuse(&["variants", path, "options"], message);
    }
}

fn set_price(
    family: &mut Family,
    place: usize,
    fields: &VariantFields,
    currency: Currency,
    path: &str,
    refusals: &mut Refusals,
) {
    let id = family.variants[place].id;
    for (name, money) in [("price", fields.price), ("compareAt", fields.compare_at)] {
        let Some(Some(money)) = money else { continue };
        let field = ["variants", path, name];
        amount(&field, money.minor, refusals);
        if money.currency != currency {
            let message = messages::prices_in_own_currency(currency, money.currency);
            refusals
                .0
                .push(Refusal::new(ErrorCode::InvalidAmount, message).at(&field));
        }
    }
    let before = family.prices.get(&id);
    let price = fields.price.map_or_else(
        || before.map(|row| row.amount_minor),
        |money| money.map(|money| money.minor),
    );
    let compare_at = fields.compare_at.map_or_else(
        || before.and_then(|row| row.compare_at_minor),
        |money| money.map(|money| money.minor),
    );
    match price {
        Some(amount_minor) => {
            let row = price::Model {
                variant_id: id,
                currency,
                amount_minor,
                compare_at_minor: compare_at,
                fixed: true,
                lowest_minor: before.and_then(|row| row.lowest_minor),
            };
            family.prices.insert(id, row);
        }
        None => {
            family.prices.remove(&id);
            if matches!(fields.compare_at, Some(Some(_))) {
                let message = messages::former_price_without_price();
                refusals.refuse(&["variants", path, "compareAt"], message);
            }
        }
    }
}
