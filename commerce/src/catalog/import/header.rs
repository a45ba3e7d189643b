//! The header: which column holds what.

use super::problem::Problems;
use crate::catalog::slug::slugify;

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    Type,
    Category,
    Tags,
    Published,
    Status,
    Option1Name,
    Option1Value,
    Option2Name,
    Option2Value,
    Option3Name,
    Option3Value,
    Sku,
    Grams,
    Weight,
    WeightUnit,
    Quantity,
    Price,
    CompareAt,
    RequiresShipping,
    Taxable,
    TaxCode,
    Barcode,
    ImageSource,
    ImagePosition,
    ImageAlt,
    VariantImage,
    GiftCard,
    SeoTitle,
    SeoDescription,
    UnitQuantity,
    UnitQuantityUnit,
    UnitReference,
    UnitReferenceUnit,
}

/// Where the names and values of options stand.
pub(super) const OPTIONS: [(Column, Column); 3] = [
    (Column::Option1Name, Column::Option1Value),
    (Column::Option2Name, Column::Option2Value),
    (Column::Option3Name, Column::Option3Value),
];

/// What is kept as one line.
pub(super) const LINES: [Column; 14] = [
    Column::Handle,
    Column::Title,
    Column::Vendor,
    Column::Type,
    Column::Category,
    Column::Option1Name,
    Column::Option1Value,
    Column::Option2Name,
    Column::Option2Value,
    Column::Option3Name,
    Column::Option3Value,
    Column::Sku,
    Column::ImageAlt,
    Column::SeoTitle,
];

/// Each column's names, the classic export's first; compared without regard to case.
const NAMES: [(Column, &[&str]); 37] = [
    (Column::Handle, &["Handle", "URL handle"]),
    (Column::Title, &["Title"]),
    (Column::Body, &["Body (HTML)", "Body HTML", "Description"]),
    (Column::Vendor, &["Vendor"]),
    (Column::Type, &["Type", "Custom Product Type"]),
    (Column::Category, &["Product Category", "Standard Product Type"]),
    (Column::Tags, &["Tags"]),
    (Column::Published, &["Published", "Published on online store"]),
    (Column::Status, &["Status"]),
    (Column::Option1Name, &["Option1 Name"]),
    (Column::Option1Value, &["Option1 Value"]),
    (Column::Option2Name, &["Option2 Name"]),
    (Column::Option2Value, &["Option2 Value"]),
    (Column::Option3Name, &["Option3 Name"]),
    (Column::Option3Value, &["Option3 Value"]),
    (Column::Sku, &["Variant SKU", "SKU"]),
    (Column::Grams, &["Variant Grams", "Weight value (grams)"]),
    (Column::Weight, &["Variant Weight"]),
    (Column::WeightUnit, &["Variant Weight Unit", "Weight unit for display"]),
    (Column::Quantity, &["Variant Inventory Qty", "Inventory quantity"]),
    (Column::Price, &["Variant Price", "Price"]),
    (Column::CompareAt, &["Variant Compare At Price", "Compare-at price"]),
    (
        Column::RequiresShipping,
        &["Variant Requires Shipping", "Requires shipping"],
    ),
    (Column::Taxable, &["Variant Taxable", "Charge tax"]),
    (Column::TaxCode, &["Variant Tax Code", "Tax code"]),
    (Column::Barcode, &["Variant Barcode", "Barcode"]),
    (Column::ImageSource, &["Image Src", "Product image URL"]),
    (Column::ImagePosition, &["Image Position"]),
    (Column::ImageAlt, &["Image Alt Text"]),
    (Column::VariantImage, &["Variant Image", "Variant image URL"]),
    (Column::GiftCard, &["Gift Card"]),
    (Column::SeoTitle, &["SEO Title"]),
    (Column::SeoDescription, &["SEO Description"]),
    (Column::UnitQuantity, &["Unit Price Total Measure"]),
    (Column::UnitQuantityUnit, &["Unit Price Total Measure Unit"]),
    (Column::UnitReference, &["Unit Price Base Measure"]),
    (Column::UnitReferenceUnit, &["Unit Price Base Measure Unit"]),
];

/// What a file must have.
const REQUIRED: [Column; 3] = [Column::Handle, Column::Title, Column::Price];

/// How a column of a typed attribute (a metafield) begins, after the attribute's name.
const METAFIELD: &str = " (product.metafields.";

/// How a column for Google's shopping begins, and under which namespace Shopify keeps it.
const GOOGLE: (&str, &str) = ("Google Shopping / ", "mm-google-shopping");

/// The namespace and key of what a column holds for other software.
fn metafield(name: &str) -> Option<(String, String)> {
    if let Some((_, rest)) = name.split_once(METAFIELD) {
        let (namespace, key) = rest.strip_suffix(')')?.split_once('.')?;
        return Some((namespace.to_owned(), key.to_owned()));
    }
    let (prefix, namespace) = GOOGLE;
    let key = name.strip_prefix(prefix)?;
    Some((namespace.to_owned(), slugify(key).replace('-', "_")))
}

/// Where each column stands.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// As the file names them.
    names: Vec<String>,
    places: [Option<usize>; NAMES.len()],
    /// Columns of typed attributes, with the attribute's name.
    pub(super) attributes: Vec<(usize, String)>,
    /// Columns of metafields, with namespace and key: those of typed attributes again, and Google's.
    pub(super) metafields: Vec<(usize, String, String)>,
}

impl Header {
    /// `None` when nothing can be read without a column that is missing.
    pub(super) fn read(cells: &[String], problems: &mut Problems) -> Option<Self> {
        let names: Vec<String> = cells.iter().map(|cell| cell.replace('\n', " ")).collect();
        let mut header = Self {
            places: [None; NAMES.len()],
            attributes: Vec::new(),
            metafields: Vec::new(),
            names,
        };
        for (place, (column, names)) in header.places.iter_mut().zip(NAMES) {
            debug_assert_eq!(
                column as usize,
                NAMES.iter().position(|(other, _)| *other == column).unwrap_or_default()
            );
            let is = |cell: &String| names.iter().any(|name| cell.eq_ignore_ascii_case(name));
            *place = header.names.iter().position(is);
            if let Some(second) = place.and_then(|first| header.names.iter().skip(first + 1).find(|cell| is(cell))) {
                problems.error(1, second, "The column is there twice. Remove one of them.");
            }
        }
        let named = header.names.iter().enumerate();
        let metafields =
            named.filter_map(|(place, name)| Some((place, name.split_once(METAFIELD)?.0.trim().to_owned())));
        header.attributes = metafields.filter(|(_, name)| !name.is_empty()).collect();
        let named = header.names.iter().enumerate();
        let metafields = named.filter_map(|(place, name)| {
            let (namespace, key) = metafield(name)?;
            Some((place, namespace, key))
        });
        header.metafields = metafields.collect();
        header.require(problems).then_some(header)
    }

    fn require(&self, problems: &mut Problems) -> bool {
        let mut complete = true;
        for column in REQUIRED {
            if self.place(column).is_none() {
                let separated = if self.names.len() < 3 && self.names.iter().any(|name| name.contains([';', '\t'])) {
                    " Its columns seem to be separated by semicolons or tabs: save it with commas."
                } else {
                    " Export the products again, or name the column so."
                };
                problems.error(
                    1,
                    self.name(column),
                    format!("The file has no column `{}`.{separated}", self.name(column)),
                );
                complete = false;
            }
        }
        complete
    }

    /// A column as the file names it, by its place.
    pub(super) fn column_name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// The columns that say nothing of what this shop keeps.
    pub(super) fn unused(&self) -> impl Iterator<Item = usize> {
        let is_used = |place: &usize| {
            self.places.contains(&Some(*place)) || self.metafields.iter().any(|(metafield, ..)| metafield == place)
        };
        (0..self.width()).filter(move |place| !is_used(place))
    }

    /// As the file names it, or where it lacks it, as the classic export does.
    pub(super) fn name(&self, column: Column) -> &str {
        self.place(column)
            .map_or(NAMES[column as usize].1[0], |place| &self.names[place])
    }
}
