//! Medusa's product CSV, of either of its versions: a row for each variant, which repeats what it tells of the product.

use std::collections::HashMap;

use super::{
    super::{
        cell::is_yes,
        file::{Row, Table},
        report::Problems,
    },
    line::{Line, Product, Stock},
};
use crate::{language::messages, money::Currency, text::slug::slugify};

const HANDLE: &[&str] = &["product handle"];
const TITLE: &[&str] = &["product title"];
const STATUS: &[&str] = &["product status"];
const SKU: &[&str] = &["variant sku"];
const VARIANT: &[&str] = &["variant title"];

/// Those by which a file is known to be one of products.
pub(super) const TELLING: [&[&str]; 7] = [HANDLE, TITLE, STATUS, SKU, VARIANT, &["product id"], &["variant id"]];

/// A variant is chosen by at most so many options, and a product has at most so many pictures.
const OPTIONS_MAX: usize = 3;
const PICTURES_MAX: usize = 20;

pub(super) fn lines(table: &Table, currency: Currency, problems: &mut Problems) -> Vec<Line> {
    if !table.has(TITLE) {
        problems.error(1, "", messages::moving_column_missing(TITLE[0], "Medusa"));
        return Vec::new();
    }
    let mut products: Vec<(String, Vec<&Row>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let handle = match table.cell(row, HANDLE) {
            "" => slugify(table.cell(row, TITLE)),
            handle => handle.to_owned(),
        };
        let place = *places.entry(handle.clone()).or_insert(products.len());
        if place == products.len() {
            products.push((handle, Vec::new()));
        }
        products[place].1.push(row);
    }
    let mut lines = Vec::new();
    for (handle, rows) in products {
        let is_chosen = rows.len() > 1;
        for (place, row) in rows.into_iter().enumerate() {
            let options = options(table, row);
            lines.push(Line {
                product: (place == 0).then(|| product(table, row)),
                // What there is one of is chosen by nothing.
                options: if is_chosen { options } else { Vec::new() },
                ..line(table, row, handle.clone(), currency)
            });
        }
    }
    lines
}

fn product(table: &Table, row: &Row) -> Product {
    let cell = |names: &[&str]| table.cell(row, names).to_owned();
    let picture = |number: usize| {
        let names = ["image {n} url", "product image {n} url", "product image {n}"];
        let names = names.map(|name| name.replace("{n}", &number.to_string()));
        let found = table.cell(row, &names.each_ref().map(String::as_str));
        (!found.is_empty()).then(|| found.to_owned())
    };
    let mut images: Vec<String> = (1..=PICTURES_MAX).filter_map(picture).collect();
    if images.is_empty() {
        images.extend(Some(cell(&["product thumbnail"])).filter(|address| !address.is_empty()));
    }
    Product {
        title: cell(TITLE),
        body: cell(&["product description"]),
        category: cell(&["product collection title", "product type"]),
        tags: cell(&["product tags"]),
        is_draft: table.cell(row, STATUS) != "published",
        images: images.join(", "),
    }
}

fn line(table: &Table, row: &Row, handle: String, currency: Currency) -> Line {
    let cell = |names: &[&str]| table.cell(row, names).to_owned();
    let code = currency.code().to_lowercase();
    let price = [format!("price {code}"), format!("variant price {code}")];
    let managed = table.cell(row, &["variant manage inventory"]).to_lowercase();
    // Version 2 counts elsewhere, and its export says only that it does.
    let stock = match (managed.as_str(), cell(&["variant inventory quantity"])) {
        ("false" | "no", _) => Stock::Uncounted,
        ("", quantity) if quantity.is_empty() => Stock::Uncounted,
        (_, quantity) if quantity.is_empty() => Stock::Untold,
        (_, quantity) => Stock::Counted(quantity),
    };
    Line {
        row: row.number,
        handle,
        sku: cell(SKU),
        barcode: cell(&["variant barcode", "variant ean", "variant upc"]),
        weight: cell(&["variant weight", "product weight"]),
        weight_unit: "g".to_owned(),
        stock,
        continues: is_yes(table.cell(row, &["variant allow backorder"])),
        price: cell(&price.each_ref().map(String::as_str)),
        ..Line::default()
    }
}

fn options(table: &Table, row: &Row) -> Vec<(String, String)> {
    let option = |number: usize| {
        let of = |what: &str| {
            let names = [
                format!("option {number} {what}"),
                format!("variant option {number} {what}"),
            ];
            table.cell(row, &names.each_ref().map(String::as_str)).to_owned()
        };
        let (name, value) = (of("name"), of("value"));
        (!name.is_empty() && !value.is_empty()).then_some((name, value))
    };
    (1..=OPTIONS_MAX).filter_map(option).collect()
}
