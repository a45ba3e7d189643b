//! The header: which column holds what.

use super::problem::Problems;
use crate::{
    catalog::{draft::Part, slug::slugify},
    language::messages,
    table,
    text::normal,
};

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) enum Column {
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
    Tracker,
    WhenOut,
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
    CategoryHandle,
    VariantActive,
    ShippingClass,
    LowStockThreshold,
    GiftCardAmounts,
}

/// Where the names and values of options stand.
pub(in crate::catalog) const OPTIONS: [(Column, Column); 3] = [
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
const NAMES: [(Column, &[&str]); 44] = [
    (Column::Handle, &["Handle", "URL handle"]),
    (Column::Title, &["Title"]),
    (Column::Body, &["Body (HTML)", "Body HTML", "Description"]),
    (Column::Vendor, &["Vendor"]),
    (Column::Type, &["Type", "Custom Product Type"]),
    (
        Column::Category,
        &["Product Category", "Standard Product Type", "Standardized Product Type"],
    ),
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
    (Column::Tracker, &["Variant Inventory Tracker", "Inventory tracker"]),
    (
        Column::WhenOut,
        &["Variant Inventory Policy", "Continue selling when out of stock"],
    ),
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
    // Of our own: what Shopify's file has no column for.
    (Column::CategoryHandle, &["Category Handle"]),
    (Column::VariantActive, &["Variant Active"]),
    (Column::ShippingClass, &["Variant Shipping Class"]),
    (Column::LowStockThreshold, &["Variant Low Stock Threshold"]),
    (Column::GiftCardAmounts, &["Variant Gift Card Amounts"]),
];

/// Which columns tell of what; without any of them it stays as it is.
const PARTS: [(Part, &[Column]); 18] = [
    (Part::Description, &[Column::Body]),
    (Part::Vendor, &[Column::Vendor]),
    (
        Part::Category,
        &[Column::Type, Column::Category, Column::CategoryHandle],
    ),
    (Part::Tags, &[Column::Tags]),
    (Part::Status, &[Column::Published, Column::Status]),
    (Part::Options, &[Column::Option1Name]),
    (Part::Pictures, &[Column::ImageSource, Column::VariantImage]),
    (Part::PictureTexts, &[Column::ImageAlt]),
    (Part::SeoTitle, &[Column::SeoTitle]),
    (Part::SeoDescription, &[Column::SeoDescription]),
    (Part::CompareAt, &[Column::CompareAt]),
    (Part::Weight, &[Column::Grams, Column::Weight]),
    (Part::RequiresShipping, &[Column::RequiresShipping]),
    (Part::TaxCategory, &[Column::TaxCode, Column::Taxable]),
    (Part::Barcode, &[Column::Barcode]),
    (Part::LowStockThreshold, &[Column::LowStockThreshold]),
    (Part::ShippingClass, &[Column::ShippingClass]),
    (Part::VariantPictures, &[Column::VariantImage]),
];

/// What a file must have.
const REQUIRED: [Column; 3] = [Column::Handle, Column::Title, Column::Price];

/// How a column of a typed attribute (a metafield) begins, after the attribute's name.
const METAFIELD: &str = " (product.metafields.";

/// How a column of named values ends that are no metafield: our own.
const ATTRIBUTE: &str = " (product.attributes)";

impl Column {
    /// As the classic export names it.
    pub(in crate::catalog) fn classic_name(self) -> &'static str {
        NAMES[self as usize].1[0]
    }
}

/// The name of a column that holds a metafield. By its name it is told from an attribute's: Shopify's file has
/// one column for both, whose name is the attribute's.
pub(in crate::catalog) fn metafield_column(namespace: &str, key: &str) -> String {
    format!("{namespace}.{key}{METAFIELD}{namespace}.{key})")
}

/// The name of a column that holds an attribute's values.
pub(in crate::catalog) fn attribute_column(name: &str) -> String {
    format!("{name}{ATTRIBUTE}")
}

/// The attribute whose values a column holds.
fn attribute(name: &str) -> Option<&str> {
    let own = name.strip_suffix(ATTRIBUTE);
    let shared = || {
        let label = name.split_once(METAFIELD)?.0;
        let (namespace, key) = metafield(name)?;
        (label != format!("{namespace}.{key}")).then_some(label)
    };
    own.or_else(shared).map(str::trim).filter(|name| !name.is_empty())
}

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

/// Whether a column of this name is one that is read.
pub(super) fn is_known(name: &str) -> bool {
    let name = column_name(name);
    let mut known = NAMES.iter().flat_map(|(_, names)| *names);
    known.any(|known| name.eq_ignore_ascii_case(known)) || metafield(&name).is_some() || attribute(&name).is_some()
}

/// A column's name in one line, without what a spreadsheet was told by.
fn column_name(cell: &str) -> String {
    let cell = normal(cell);
    let words: Vec<&str> = table::undefused(&cell).split_whitespace().collect();
    words.join(" ")
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
        let names: Vec<String> = cells.iter().map(|cell| column_name(cell)).collect();
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
                problems.error(1, second, messages::import_column_twice());
            }
        }
        let named = header.names.iter().enumerate();
        let attributes = named.filter_map(|(place, name)| Some((place, attribute(name)?.to_owned())));
        header.attributes = attributes.collect();
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
                let name = self.name(column);
                problems.error(1, name, messages::import_column_missing(name));
                complete = false;
            }
        }
        complete
    }

    /// The columns that hold values of options beyond those that a product has.
    pub(super) fn further_options(&self) -> impl Iterator<Item = usize> {
        let is_further = |name: &str| {
            let name = name.to_ascii_lowercase();
            let number = name.strip_prefix("option").and_then(|rest| rest.strip_suffix(" value"));
            number.is_some_and(|number| number.parse::<usize>().is_ok_and(|number| number > OPTIONS.len()))
        };
        (0..self.width()).filter(move |place| is_further(self.column_name(*place)))
    }

    /// A column as the file names it, by its place.
    pub(super) fn column_name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// What the file has no column for.
    pub(super) fn untold(&self) -> Vec<Part> {
        let all = PARTS.iter();
        let untold = all.filter(|(_, columns)| columns.iter().all(|column| self.place(*column).is_none()));
        untold.map(|(part, _)| *part).collect()
    }

    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// Whether a column says something of what this shop keeps. One that is there twice is told of as such.
    pub(super) fn is_used(&self, place: usize) -> bool {
        is_known(self.column_name(place))
    }

    /// The columns that say nothing of what this shop keeps.
    pub(super) fn unused(&self) -> impl Iterator<Item = usize> {
        (0..self.width()).filter(move |place| !self.is_used(*place))
    }

    /// As the file names it, or where it lacks it, as the classic export does.
    pub(super) fn name(&self, column: Column) -> &str {
        self.place(column)
            .map_or(NAMES[column as usize].1[0], |place| &self.names[place])
    }
}
