//! A row as a variant.

use vitrine_entity::variant::{UNTAXED, UnitMeasurement};

use super::{
    cell,
    header::{Column, Header},
    price::price,
    problem::Problems,
    row::{Row, value, web_address, yes},
};
use crate::{
    catalog::{
        draft::{PictureDraft, ProductDraft, VariantDraft},
        measure,
        unit_price::{self, UnitMeasurementFields},
    },
    language::messages,
    money::Currency,
};

/// What stands in place of the price of a variant that is not for sale.
pub(in crate::catalog) const NO_PRICE: &str = "none";

/// The variant, whose option values stand in `chosen_by`; a picture of its own is added to the product's.
pub(super) fn variant(
    header: &Header,
    row: &Row,
    chosen_by: &[Column],
    draft: &mut ProductDraft,
    currency: Currency,
    problems: &mut Problems,
) -> VariantDraft {
    let unpriced = row.get(header, Column::Price).eq_ignore_ascii_case(NO_PRICE);
    let price_minor = match row.get(header, Column::Price) {
        _ if unpriced => 0,
        "" => {
            problems.error(row.number, header.name(Column::Price), messages::import_price_missing());
            0
        }
        text => value(header, row, Column::Price, price(text, currency), problems).unwrap_or_default(),
    };
    let compare_at = row
        .optional(header, Column::CompareAt)
        .map(|text| price(&text, currency));
    let weight = match row.get(header, Column::Grams) {
        "" => cell::grams(row.get(header, Column::Weight), row.get(header, Column::WeightUnit)),
        // Grams are grams; the unit beside them is the one that the old shop showed.
        grams => cell::grams(grams, "g"),
    };
    let on_hand = on_hand(header, row, problems);
    VariantDraft {
        tracked: tracked(header, row, on_hand),
        sells_when_out: sells_when_out(header, row, problems),
        sku: code(header, row, Column::Sku, problems).to_owned(),
        option_values: chosen_by
            .iter()
            .map(|value| row.get(header, *value).to_owned())
            .collect(),
        price_minor,
        unpriced,
        inactive: yes(header, row, Column::VariantActive, problems) == Some(false),
        compare_at_minor: compare_at.and_then(|price| value(header, row, Column::CompareAt, price, problems)),
        on_hand,
        weight_grams: value(header, row, Column::Grams, weight, problems).unwrap_or_default(),
        requires_shipping: yes(header, row, Column::RequiresShipping, problems).unwrap_or(true),
        tax_category: tax_category(header, row, problems),
        barcode: Some(code(header, row, Column::Barcode, problems).to_owned()).filter(|code| !code.is_empty()),
        low_stock_threshold: threshold(header, row, problems),
        shipping_class: row.optional(header, Column::ShippingClass),
        unit_measurement: unit_measurement(header, row, problems),
        picture: variant_picture(header, row, draft, problems),
        // Read by itself, with what the product's other rows say.
        gift_card: None,
        gift_card_amounts: None,
    }
}

/// An SKU or a barcode. One that a spreadsheet took for a number has lost its last digits.
fn code<'row>(header: &Header, row: &'row Row, column: Column, problems: &mut Problems) -> &'row str {
    let code = cell::code(row.get(header, column));
    if cell::is_shortened(code) {
        let message = messages::import_code_shortened(code);
        problems.warning(row.number, header.name(column), message);
    }
    code
}

/// The shop's own tax category; goods that are not taxed are of the category that never is, whatever their code.
fn tax_category(header: &Header, row: &Row, problems: &mut Problems) -> Option<String> {
    let code = row.optional(header, Column::TaxCode);
    if yes(header, row, Column::Taxable, problems) != Some(false) {
        return code;
    }
    if let Some(code) = code.filter(|code| code != UNTAXED) {
        let message = messages::import_untaxed_code(cell::excerpt(&code), header.name(Column::Taxable));
        problems.warning(row.number, header.name(Column::TaxCode), message);
    }
    Some(UNTAXED.to_owned())
}

/// How much is in it, for its price per unit; what cannot be read is left out with a warning.
fn unit_measurement(header: &Header, row: &Row, problems: &mut Problems) -> Option<UnitMeasurement> {
    let quantity = row.optional(header, Column::UnitQuantity)?;
    // Where nothing was said, an export writes 0.
    if measure::parse(&quantity) == Some(0) {
        return None;
    }
    let unit = |column| measure::Unit::read(row.get(header, column));
    let fields = unit(Column::UnitQuantityUnit).map(|quantity_unit| UnitMeasurementFields {
        quantity,
        quantity_unit,
        reference: row.optional(header, Column::UnitReference),
        reference_unit: unit(Column::UnitReferenceUnit),
    });
    let read = fields.and_then(|fields| unit_price::measurement(&fields, &[]).ok());
    if read.is_none() {
        let message = messages::import_measure_unreadable();
        problems.warning(row.number, header.name(Column::UnitQuantity), message);
    }
    read
}

/// From how many units on staff are told that little is left.
fn threshold(header: &Header, row: &Row, problems: &mut Problems) -> Option<i32> {
    let column = Column::LowStockThreshold;
    let units = value(header, row, column, cell::quantity(row.get(header, column)), problems)??;
    let read = i32::try_from(units).map_err(|_| messages::import_units_too_many(units));
    value(header, row, column, read, problems)
}

fn on_hand(header: &Header, row: &Row, problems: &mut Problems) -> Option<i64> {
    let units = value(
        header,
        row,
        Column::Quantity,
        cell::quantity(row.get(header, Column::Quantity)),
        problems,
    )??;
    // What nobody counts has a number all the same.
    if units < 0 && (header.place(Column::Tracker).is_none() || !row.get(header, Column::Tracker).is_empty()) {
        let message = messages::import_units_negative(units);
        problems.warning(row.number, header.name(Column::Quantity), message);
    }
    Some(units.max(0))
}

/// Whether it is counted: by whom an export names, and names nobody for what never runs out. A file that says
/// that there are some counts them, whatever it says here.
fn tracked(header: &Header, row: &Row, on_hand: Option<i64>) -> Option<bool> {
    header.place(Column::Tracker)?;
    Some(on_hand.is_some_and(|units| units > 0) || !row.get(header, Column::Tracker).is_empty())
}

/// Whether a row says how many there are, and nobody who counts them.
pub(super) fn counts_by_nobody(header: &Header, row: &Row) -> bool {
    let is_some = || matches!(cell::quantity(row.get(header, Column::Quantity)), Ok(Some(1..)));
    header.place(Column::Tracker).is_some() && row.get(header, Column::Tracker).is_empty() && is_some()
}

fn sells_when_out(header: &Header, row: &Row, problems: &mut Problems) -> Option<bool> {
    let text = row.optional(header, Column::WhenOut)?;
    match (text.to_lowercase().as_str(), cell::yes_or_no(&text)) {
        ("continue", _) | (_, Ok(Some(true))) => Some(true),
        ("deny", _) | (_, Ok(Some(false))) => Some(false),
        _ => {
            let message = messages::import_continue_or_deny(cell::excerpt(&text));
            problems.warning(row.number, header.name(Column::WhenOut), message);
            None
        }
    }
}

fn variant_picture(header: &Header, row: &Row, draft: &mut ProductDraft, problems: &mut Problems) -> Option<String> {
    let source = web_address(header, row, Column::VariantImage, problems)?;
    if !draft.pictures.iter().any(|picture| picture.source == source) {
        draft.pictures.push(PictureDraft {
            source: source.clone(),
            alt: String::new(),
        });
    }
    Some(source)
}

#[cfg(test)]
mod tests {
    use crate::{catalog::import::read, money::Currency};

    #[test]
    fn what_nobody_counts_never_runs_out_and_what_goes_on_may_be_ordered() {
        let file = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy\n\
            song,Song,SONG,1.00,,,deny\nmade,Made,MADE,1.00,,0,deny\npot,Pot,POT,1.00,,3,continue\nlamp,Lamp,LAMP,1.00,shopify,,perhaps\n\
            jug,Jug,JUG,1.00,shopify,-3,continue\nbag,Bag,BAG,1.00,,-3,deny\n";
        let parsed = read(file.as_bytes(), Currency::EUR);
        let told: Vec<_> = parsed
            .drafts
            .iter()
            .map(|(_, draft)| (draft.variants[0].tracked, draft.variants[0].sells_when_out))
            .collect();
        let expected = [
            (Some(false), Some(false)),
            (Some(false), Some(false)),
            // A file that says how many there are counts them.
            (Some(true), Some(true)),
            (Some(true), None),
            (Some(true), Some(true)),
            (Some(false), Some(false)),
        ];
        assert_eq!(told, expected);
        let rows = |part: &str| -> Vec<usize> {
            let about = parsed
                .problems
                .iter()
                .filter(|problem| problem.message.to_string().contains(part));
            about.map(|problem| problem.row).collect()
        };
        assert_eq!(rows("perhaps"), [5]);
        assert_eq!(rows("no tracker"), [4], "{:?}", parsed.problems);
        assert_eq!(rows("cannot lie in stock"), [6], "{:?}", parsed.problems);
    }
}
