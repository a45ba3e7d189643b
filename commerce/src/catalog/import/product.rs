//! The rows of one product as a draft.

use std::collections::{HashMap, HashSet};

use super::{
    cell, gift_card,
    header::{Column, Header, OPTIONS},
    problem::Problems,
    row::{Row, web_addresses, yes},
    variant::variant,
};
use crate::{
    Refusal,
    catalog::{
        categories::DEPTH_MAX,
        draft::{MetafieldDraft, Part, PictureDraft, ProductDraft},
        save::check,
        slug::slugify,
    },
    language::{Message, messages},
    metafields::is_importable,
    money::Currency,
    table,
};

/// How an export writes a product that has no options.
pub(in crate::catalog) const NO_OPTION: (&str, &str) = ("Title", "Default Title");

/// The draft, checked, with the row of each variant; `None` when something is wrong, which
/// `problems` then says.
pub(super) fn draft(
    header: &Header,
    rows: &[Row],
    currency: Currency,
    problems: &mut Problems,
) -> Option<(ProductDraft, Vec<usize>)> {
    let first = rows.first()?;
    let errors_before = problems.errors;
    let mut draft = head(header, first, problems);
    draft.pictures = pictures(header, rows, problems);
    let variant_rows: Vec<&Row> = rows
        .iter()
        .enumerate()
        .filter(|(index, row)| *index == 0 || is_variant(header, row))
        .map(|(_, row)| row)
        .collect();
    let (chosen_by, names): (Vec<Column>, Vec<String>) = options(header, &variant_rows, problems).into_iter().unzip();
    draft.options = names;
    for row in &variant_rows {
        let mut variant = variant(header, row, &chosen_by, &mut draft, currency, problems);
        gift_card::read(header, row, &draft, &mut variant, currency, problems);
        draft.variants.push(variant);
    }
    name_variants(&mut draft);
    let numbers: Vec<usize> = variant_rows.iter().map(|row| row.number).collect();
    tell_doubles(header, &draft, &numbers, problems);
    match check(&draft) {
        Ok(checked) if problems.errors == errors_before => return Some((checked, numbers)),
        Ok(_) => {}
        Err(refusals) => report(header, &refusals, first.number, &numbers, problems),
    }
    None
}

/// Names what was refused by the row and column that it came from.
pub(super) fn report(
    header: &Header,
    refusals: &[Refusal],
    first_row: usize,
    variant_rows: &[usize],
    problems: &mut Problems,
) {
    for refusal in refusals {
        let field: Vec<&str> = refusal.field.iter().map(String::as_str).collect();
        let variant = match field.as_slice() {
            ["variants", index, ..] => index.parse::<usize>().ok(),
            _ => None,
        };
        let row = variant
            .and_then(|index| variant_rows.get(index))
            .copied()
            .unwrap_or(first_row);
        let column = header.name(column_of(&field));
        // What has been told by the rows that it is about is not told again.
        if !problems.has_error(row, column) {
            problems.error(row, column, refusal.message.clone());
        }
    }
}

/// What two variants have that each needs of its own, by the rows of both.
fn tell_doubles(header: &Header, draft: &ProductDraft, rows: &[usize], problems: &mut Problems) {
    let (mut skus, mut choices) = (HashMap::new(), HashMap::new());
    for (variant, row) in draft.variants.iter().zip(rows) {
        if let Some(first) = skus.insert(&variant.sku, row) {
            problems.error(*row, header.name(Column::Sku), double_sku(&variant.sku, *first));
        }
        let tells_options = !draft.untold.contains(&Part::Options);
        if let Some(first) = choices.insert(&variant.option_values, row).filter(|_| tells_options) {
            let message = match variant.option_values.join(" / ").as_str() {
                "" => messages::import_choice_twice(first.to_string()),
                values => messages::import_variant_twice(first.to_string(), cell::excerpt(values)),
            };
            problems.error(*row, header.name(Column::Option1Value), message);
        }
    }
}

/// What is said of an SKU that stands in a row above, too.
pub(super) fn double_sku(sku: &str, first: usize) -> Message {
    messages::import_sku_twice(sku, first.to_string())
}

fn column_of(field: &[&str]) -> Column {
    match field {
        ["variants", _, name] => match *name {
            "optionValues" => Column::Option1Value,
            "price" => Column::Price,
            "compareAt" => Column::CompareAt,
            "onHand" => Column::Quantity,
            "weightGrams" => Column::Grams,
            "taxCategory" => Column::TaxCode,
            "barcode" => Column::Barcode,
            "unitPriceMeasurement" => Column::UnitQuantity,
            "picture" => Column::VariantImage,
            "shippingClass" => Column::ShippingClass,
            "lowStockThreshold" => Column::LowStockThreshold,
            "giftCardAmounts" => Column::GiftCardAmounts,
            _ => Column::Sku,
        },
        ["title", ..] => Column::Title,
        ["descriptionHtml", ..] => Column::Body,
        ["vendor", ..] => Column::Vendor,
        ["category", ..] => Column::Type,
        ["tags", ..] => Column::Tags,
        ["options", ..] => Column::Option1Name,
        ["pictures", _, "alt"] => Column::ImageAlt,
        ["pictures", ..] => Column::ImageSource,
        ["seoTitle", ..] => Column::SeoTitle,
        ["seoDescription", ..] => Column::SeoDescription,
        _ => Column::Handle,
    }
}

fn head(header: &Header, row: &Row, problems: &mut Problems) -> ProductDraft {
    let slug = row.handle(header);
    row.tell_handle(header, &slug, problems);
    let title = row.get(header, Column::Title).to_owned();
    if title.is_empty() {
        let message = messages::import_title_missing(cell::excerpt(&slug));
        problems.error(row.number, header.name(Column::Title), message);
    }
    let (active, archived) = status(header, row, problems);
    ProductDraft {
        // A missing title is reported above, in the file's own words.
        title: if title.is_empty() { slug.clone() } else { title },
        slug,
        description_html: row.get(header, Column::Body).to_owned(),
        vendor: row.optional(header, Column::Vendor),
        category: row.optional(header, Column::CategoryHandle),
        category_path: category_path(header, row, problems),
        tags: cell::list(row.get(header, Column::Tags), ','),
        attributes: attributes(header, row),
        metafields: metafields(header, row, problems),
        seo_title: row.optional(header, Column::SeoTitle),
        seo_description: row.optional(header, Column::SeoDescription),
        active,
        archived,
        untold: header.untold(),
        told_attributes: Some(header.attributes.iter().map(|(_, name)| name.clone()).collect()),
        ..ProductDraft::default()
    }
}

/// The type, or the names of a path like `Furniture > Chairs`.
fn category_path(header: &Header, row: &Row, problems: &mut Problems) -> Vec<String> {
    let is_name = |name: &&str| !slugify(name).is_empty();
    let of_type = Some(row.get(header, Column::Type)).filter(is_name);
    let column = match of_type {
        Some(_) => Column::Type,
        None => Column::Category,
    };
    let path: Vec<&str> = match of_type {
        Some(name) => vec![name],
        None => row
            .get(header, column)
            .split('>')
            .map(str::trim)
            .filter(is_name)
            .collect(),
    };
    if path.len() > DEPTH_MAX {
        let message = messages::import_path_depth(DEPTH_MAX);
        problems.error(row.number, header.name(column), message);
    }
    path.into_iter().map(str::to_owned).collect()
}

/// Whether a row names a category by its path that is not used, because it names another by a type.
pub(super) fn is_filed_by_type_alone(header: &Header, row: &Row) -> bool {
    let (of_type, path) = (row.get(header, Column::Type), row.get(header, Column::Category));
    !slugify(of_type).is_empty() && !slugify(path).is_empty() && of_type != path
}

fn attributes(header: &Header, row: &Row) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    for (place, name) in &header.attributes {
        let cell = row.cells.get(*place).map_or("", String::as_str);
        let values = cell::list(table::undefused(cell.trim()), ';').into_iter();
        attributes.extend(values.map(|value| (name.clone(), value)));
    }
    attributes
}

/// What other software keeps with the product, as it is.
fn metafields(header: &Header, row: &Row, problems: &mut Problems) -> Vec<MetafieldDraft> {
    let mut fields = Vec::new();
    for (place, namespace, key) in &header.metafields {
        let value = table::undefused(row.cells.get(*place).map_or("", String::as_str));
        if value.trim().is_empty() {
            continue;
        }
        if is_importable(namespace, key, value) {
            fields.push(MetafieldDraft {
                namespace: namespace.clone(),
                key: key.clone(),
                value: value.to_owned(),
            });
        } else {
            let message = messages::import_no_metafield(cell::excerpt(value));
            problems.warning(row.number, header.column_name(*place), message);
        }
    }
    fields
}

/// Whether shoppers see it, and if they do not, whether it is archived.
fn status(header: &Header, row: &Row, problems: &mut Problems) -> (bool, Option<bool>) {
    let published = yes(header, row, Column::Published, problems).unwrap_or(true);
    match row.get(header, Column::Status).to_lowercase().as_str() {
        "" => (published, None),
        "active" => (published, Some(false)),
        "draft" | "unlisted" => (false, Some(false)),
        "archived" => (false, Some(true)),
        other => {
            let message = messages::import_no_status(cell::excerpt(other));
            problems.error(row.number, header.name(Column::Status), message);
            (false, None)
        }
    }
}

/// A row beyond the first is a variant's when it says something of one; else it brings a picture.
fn is_variant(header: &Header, row: &Row) -> bool {
    let tells = [
        Column::Option1Value,
        Column::Option2Value,
        Column::Option3Value,
        Column::Sku,
        Column::Price,
    ];
    tells.into_iter().any(|column| !row.get(header, column).is_empty())
}

/// Names of the options with the columns of their values, none where the product has but one variant that is not
/// chosen. One that has values and no name is called after its place.
fn options(header: &Header, variants: &[&Row], problems: &mut Problems) -> Vec<(Column, String)> {
    let (name, value) = NO_OPTION;
    let Some(first) = variants.first() else {
        return Vec::new();
    };
    let unchosen = variants.len() == 1
        && first.get(header, Column::Option1Name).eq_ignore_ascii_case(name)
        && first.get(header, Column::Option1Value).eq_ignore_ascii_case(value);
    if unchosen {
        return Vec::new();
    }
    let mut options = Vec::new();
    for (place, (name_column, value_column)) in (1..).zip(OPTIONS) {
        let name = variants.iter().find_map(|row| row.optional(header, name_column));
        let is_used = variants.iter().any(|row| !row.get(header, value_column).is_empty());
        if name.is_none() && is_used {
            let message = messages::import_option_unnamed(place);
            problems.warning(first.number, header.name(name_column), message);
        }
        let name = name.or_else(|| is_used.then(|| format!("Option {place}")));
        options.extend(name.map(|name| (value_column, name)));
    }
    options
}

/// SKUs for the variants that have none, the same at every import: `OAK-CHAIR-LARGE-RED`.
fn name_variants(draft: &mut ProductDraft) {
    let mut taken: HashSet<String> = draft.variants.iter().map(|variant| variant.sku.clone()).collect();
    for variant in draft.variants.iter_mut().filter(|variant| variant.sku.is_empty()) {
        let parts = std::iter::once(&draft.slug)
            .chain(&variant.option_values)
            .map(|part| slugify(part));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        let base: String = parts.join("-").to_uppercase().chars().take(90).collect();
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        variant.sku = std::iter::once(base.clone())
            .chain(numbered)
            .find(|sku| !taken.contains(sku))
            .unwrap_or_default();
        taken.insert(variant.sku.clone());
    }
}

/// The product's pictures in the order of their positions; those without one come last.
fn pictures(header: &Header, rows: &[Row], problems: &mut Problems) -> Vec<PictureDraft> {
    let mut pictures: Vec<(u32, PictureDraft)> = Vec::new();
    let sources = rows
        .iter()
        .map(|row| (row, web_addresses(header, row, Column::ImageSource, problems)))
        .collect::<Vec<_>>();
    let sources = sources
        .into_iter()
        .flat_map(|(row, sources)| sources.into_iter().map(move |source| (row, source)));
    for (row, source) in sources {
        if pictures.iter().any(|(_, picture)| picture.source == source) {
            continue;
        }
        let position = row.get(header, Column::ImagePosition);
        let place = position.parse().unwrap_or(u32::MAX);
        if !position.is_empty() && place == u32::MAX {
            let message = messages::import_no_position(cell::excerpt(position));
            problems.warning(row.number, header.name(Column::ImagePosition), message);
        }
        pictures.push((
            place,
            PictureDraft {
                source,
                alt: row.get(header, Column::ImageAlt).to_owned(),
            },
        ));
    }
    pictures.sort_by_key(|(place, _)| *place);
    pictures.into_iter().map(|(_, picture)| picture).collect()
}
