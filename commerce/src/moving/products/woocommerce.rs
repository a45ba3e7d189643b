//! WooCommerce's own product CSV: a row for each product, and for each variation a row that names its product.

use std::collections::{HashMap, HashSet};

use super::{
    super::{
        file::{Row, Table},
        report::Problems,
    },
    line::{Line, Product, Stock},
};
use crate::{language::messages, text::slug::slugify};

const ID: &[&str] = &["id"];
const TYPE: &[&str] = &["type"];
const NAME: &[&str] = &["name"];
const SKU: &[&str] = &["sku"];
const PARENT: &[&str] = &["parent"];
const REGULAR_PRICE: &[&str] = &["regular price"];
const SALE_PRICE: &[&str] = &["sale price"];

/// Between which days a sale price holds, where it does not hold for good.
const SALE_DAYS: &[&str] = &["date sale price starts", "date sale price ends"];

/// Those by which a file is known to be one of products.
pub(super) const TELLING: [&[&str]; 7] = [ID, TYPE, NAME, SKU, PARENT, REGULAR_PRICE, SALE_PRICE];

/// What a column of weights is called, and the unit.
const WEIGHTS: [(&str, &str); 4] = [
    ("weight (kg)", "kg"),
    ("weight (g)", "g"),
    ("weight (lbs)", "lb"),
    ("weight (oz)", "oz"),
];

/// A variant is chosen by at most so many options.
const OPTIONS_MAX: usize = 3;

/// How many attributes of a row are looked at.
const ATTRIBUTES_MAX: usize = 20;

struct Found<'a> {
    row: &'a Row,
    is_variable: bool,
    variations: Vec<&'a Row>,
}

pub(super) fn lines(table: &Table, problems: &mut Problems) -> Vec<Line> {
    for names in [TYPE, NAME] {
        if !table.has(names) {
            problems.error(1, "", messages::moving_column_missing(names[0], "WooCommerce"));
            return Vec::new();
        }
    }
    let products = products(table, problems);
    let (mut lines, mut handles) = (Vec::new(), HashSet::new());
    for Found {
        row,
        is_variable,
        variations,
    } in products
    {
        let handle = handle(table, row, &mut handles);
        let rows = match (is_variable, variations.is_empty()) {
            (false, _) => vec![row],
            (true, false) => variations,
            (true, true) => {
                problems.error(row.number, "", messages::moving_no_variations());
                continue;
            }
        };
        for (place, variant) in rows.into_iter().enumerate() {
            if is_for_days(table, variant) {
                problems.warning(variant.number, SALE_PRICE[0], messages::moving_sale_for_days());
            }
            let options = if is_variable {
                options(table, variant)
            } else {
                Vec::new()
            };
            lines.push(Line {
                product: (place == 0).then(|| product(table, row)),
                options,
                ..line(table, variant, handle.clone())
            });
        }
    }
    lines
}

/// The products with their variations, wherever in the file those stand.
fn products<'a>(table: &'a Table, problems: &mut Problems) -> Vec<Found<'a>> {
    let (mut found, mut places, mut variations) = (Vec::new(), HashMap::new(), Vec::new());
    for row in &table.rows {
        let types = table.cell(row, TYPE).to_lowercase();
        let is = |name: &str| types.split(',').any(|part| part.trim() == name);
        if is("variation") {
            variations.push(row);
        } else if is("grouped") || is("external") {
            problems.error(row.number, "type", messages::moving_no_product_type(types.as_str()));
        } else {
            // A variation names its product by either.
            places.insert(format!("id:{}", table.cell(row, ID)), found.len());
            places.entry(table.cell(row, SKU).to_owned()).or_insert(found.len());
            found.push(Found {
                row,
                is_variable: is("variable"),
                variations: Vec::new(),
            });
        }
    }
    for row in variations {
        let parent = table.cell(row, PARENT);
        match places.get(parent).filter(|_| !parent.is_empty()) {
            Some(place) => found[*place].variations.push(row),
            None => problems.error(row.number, "parent", messages::moving_no_parent()),
        }
    }
    found
}

/// Of its name; of two products of one name the second has its number, too.
fn handle(table: &Table, row: &Row, handles: &mut HashSet<String>) -> String {
    let of_name = slugify(table.cell(row, NAME));
    let id = table.cell(row, ID);
    let handle = match handles.contains(&of_name) || of_name.is_empty() {
        true => slugify(&format!("{of_name} {id}")),
        false => of_name,
    };
    handles.insert(handle.clone());
    handle
}

fn product(table: &Table, row: &Row) -> Product {
    // Of several categories the first counts.
    let categories = table.cell(row, &["categories"]);
    Product {
        title: table.cell(row, NAME).to_owned(),
        body: table.cell(row, &["description", "short description"]).to_owned(),
        category: categories.split(',').next().unwrap_or_default().trim().to_owned(),
        tags: table.cell(row, &["tags"]).to_owned(),
        is_draft: table.cell(row, &["published"]) != "1",
        images: table.cell(row, &["images"]).to_owned(),
    }
}

fn line(table: &Table, row: &Row, handle: String) -> Line {
    let cell = |name: &str| table.cell(row, &[name]).to_owned();
    let (regular, sale) = (table.cell(row, REGULAR_PRICE), table.cell(row, SALE_PRICE));
    let (price, compare_at) = match (regular, sale) {
        (regular, "") => (regular, ""),
        ("", sale) => (sale, ""),
        (regular, _) if is_for_days(table, row) => (regular, ""),
        (regular, sale) => (sale, regular),
    };
    let stock = match (cell("stock"), table.cell(row, &["in stock?"])) {
        (units, _) if units.parse::<f64>().is_ok() => Stock::Counted(units),
        (_, "0") => Stock::Counted("0".to_owned()),
        (units, _) if units.is_empty() => Stock::Uncounted,
        // `parent`: the variations of a product share what is counted for it.
        _ => Stock::Untold,
    };
    let weight = WEIGHTS.iter().find(|(name, _)| !cell(name).is_empty());
    let types = cell("type").to_lowercase();
    Line {
        row: row.number,
        handle,
        sku: table.cell(row, SKU).to_owned(),
        barcode: cell("gtin, upc, ean, or isbn"),
        weight: weight.map(|(name, _)| cell(name)).unwrap_or_default(),
        weight_unit: weight.map(|(_, unit)| (*unit).to_owned()).unwrap_or_default(),
        stock,
        continues: matches!(cell("backorders allowed?").as_str(), "1" | "notify"),
        price: price.to_owned(),
        compare_at: compare_at.to_owned(),
        is_untaxed: cell("tax status") == "none",
        is_digital: types.contains("virtual") || types.contains("downloadable"),
        ..Line::default()
    }
}

/// Whether its sale price holds for some days only: taken over, it would hold from now on and for good.
fn is_for_days(table: &Table, row: &Row) -> bool {
    let has = |names| !table.cell(row, names).is_empty();
    has(SALE_PRICE) && has(REGULAR_PRICE) && has(SALE_DAYS)
}

fn options(table: &Table, row: &Row) -> Vec<(String, String)> {
    let attribute = |number: usize| {
        let name = table.cell(row, &[&format!("attribute {number} name")]);
        let value = table.cell(row, &[&format!("attribute {number} value(s)")]);
        (!name.is_empty() && !value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
    };
    (1..=ATTRIBUTES_MAX).filter_map(attribute).take(OPTIONS_MAX).collect()
}
