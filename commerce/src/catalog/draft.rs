//! A product, a category or a collection as somebody wants it to be: what the importer reads from
//! a file, the demo shop holds, and staff send. [`super::save()`] turns products into rows,
//! [`categories::create`](super::categories::create) and
//! [`collections::create`](super::collections::create) the others.

use serde::{Deserialize, Serialize};
use vitrine_entity::variant::{GiftCardAmounts, UnitMeasurement};

/// A product as it should be, named by its slug.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDraft {
    pub slug: String,
    pub title: String,
    /// HTML; sanitised when it is saved.
    #[serde(default)]
    pub description_html: String,
    #[serde(default)]
    pub vendor: Option<String>,
    /// Slug of its category; created beneath the root when it is missing, named by
    /// [`ProductDraft::category_name`].
    #[serde(default)]
    pub category: Option<String>,
    #[serde(default)]
    pub category_name: Option<String>,
    /// Where no category has that slug, or none is given: the names on the way to its category from the root down;
    /// created where it is missing.
    #[serde(default)]
    pub category_path: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    /// Named values for filters, as in `Material`: `Oak`.
    #[serde(default)]
    pub attributes: Vec<(String, String)>,
    /// Names of what it is chosen by, at most three; empty for a product with one variant.
    #[serde(default)]
    pub options: Vec<String>,
    pub variants: Vec<VariantDraft>,
    #[serde(default)]
    pub pictures: Vec<PictureDraft>,
    #[serde(default)]
    pub seo_title: Option<String>,
    #[serde(default)]
    pub seo_description: Option<String>,
    /// What other software keeps with it; those that are not named stay.
    #[serde(default)]
    pub metafields: Vec<MetafieldDraft>,
    /// Whether shoppers see it.
    pub active: bool,
    /// Where they do not, whether it is archived or a draft; `None` leaves it as it is (a new one is a draft).
    #[serde(default)]
    pub archived: Option<bool>,
    /// What the draft does not tell of: it stays as it is (and is empty with a new product).
    #[serde(skip)]
    pub untold: Vec<Part>,
    /// The named values that the draft tells of; all of them unless given.
    #[serde(skip)]
    pub told_attributes: Option<Vec<String>>,
}

/// What a draft may leave as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Description,
    Vendor,
    Category,
    Tags,
    Status,
    Options,
    Pictures,
    PictureTexts,
    SeoTitle,
    SeoDescription,
    CompareAt,
    Weight,
    RequiresShipping,
    TaxCategory,
    Barcode,
    LowStockThreshold,
    ShippingClass,
    VariantPictures,
}

/// A metafield as a file brings it: text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetafieldDraft {
    pub namespace: String,
    pub key: String,
    pub value: String,
}

/// A variant as it should be, named by its SKU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantDraft {
    pub sku: String,
    /// One value for each of [`ProductDraft::options`].
    #[serde(default)]
    pub option_values: Vec<String>,
    /// In minor units of the shop's currency.
    pub price_minor: i64,
    /// It has no price, whatever `price_minor` says, and is not for sale.
    #[serde(default)]
    pub unpriced: bool,
    /// Whether it is kept from being sold.
    #[serde(default)]
    pub inactive: bool,
    #[serde(default)]
    pub compare_at_minor: Option<i64>,
    /// Units that lie in stock; `None` leaves them as they are (a new variant has none).
    #[serde(default)]
    pub on_hand: Option<i64>,
    /// Whether its units are counted; `None` leaves that as it is, and a new variant's are.
    #[serde(default)]
    pub tracked: Option<bool>,
    /// Whether it can be ordered when it is out of stock; `None` leaves that as it is, and a new variant cannot.
    #[serde(default)]
    pub sells_when_out: Option<bool>,
    #[serde(default)]
    pub weight_grams: i32,
    #[serde(default = "yes")]
    pub requires_shipping: bool,
    #[serde(default)]
    pub tax_category: Option<String>,
    #[serde(default)]
    pub barcode: Option<String>,
    #[serde(default)]
    pub low_stock_threshold: Option<i32>,
    /// What it needs of whoever carries it, in a word of the shop's own: `bulky`, `frozen`.
    #[serde(default)]
    pub shipping_class: Option<String>,
    /// What its price per unit is computed from; `None` leaves it as it is.
    pub unit_measurement: Option<UnitMeasurement>,
    /// Whether it is a gift card; `None` leaves that as it is, and a new variant is none.
    #[serde(default)]
    pub gift_card: Option<bool>,
    /// Between which amounts the buyer of a gift card may choose: `Some(None)` takes them away, `None` leaves them as they are.
    #[serde(skip)]
    pub gift_card_amounts: Option<Option<GiftCardAmounts>>,
    /// Source of the picture that shows this variant, among [`ProductDraft::pictures`].
    #[serde(default)]
    pub picture: Option<String>,
}

/// A picture: an absolute URL, or a path that this server serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureDraft {
    pub source: String,
    #[serde(default)]
    pub alt: String,
}

/// A category as it should be, named by its slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryDraft {
    pub slug: String,
    pub name: String,
    #[serde(default)]
    pub description: String,
    /// Slug of the category above it; `None` for a top category.
    #[serde(default)]
    pub parent: Option<String>,
    /// Its place among those with the same parent, from 0.
    pub position: i32,
}

/// A collection as it should be, named by its slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionDraft {
    pub slug: String,
    pub title: String,
    #[serde(default)]
    pub description: String,
    /// Slugs, in the order to be shown.
    #[serde(default)]
    pub products: Vec<String>,
}

fn yes() -> bool {
    true
}
