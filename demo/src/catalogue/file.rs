//! The shape of `catalogue.toml`: more compact than the drafts it becomes.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use vitrine_commerce::catalog::draft::CollectionDraft;

use crate::picture::motif::Motif;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shelf {
    pub(super) colours: BTreeMap<String, ColourEntry>,
    /// What a SKU calls an option's value that is no colour, as in `Large = "L"`.
    pub(super) codes: BTreeMap<String, String>,
    pub(super) categories: Vec<Category>,
    pub(super) products: Vec<Product>,
    pub(super) collections: Vec<CollectionDraft>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColourEntry {
    /// What a SKU calls it.
    pub(super) code: String,
    /// `#rrggbb`
    pub(super) hex: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) description: String,
    #[serde(default)]
    pub(super) children: Vec<Category>,
}

/// A product, and what all its variants have in common.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) category: String,
    pub(super) vendor: String,
    pub(super) description: String,
    pub(super) picture: Picture,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, Values>,
    /// How its SKUs begin.
    pub(super) sku: String,
    /// In minor units, with VAT.
    pub(super) price: i64,
    pub(super) compare_at: Option<i64>,
    /// In grams.
    pub(super) weight: i32,
    pub(super) stock: i64,
    pub(super) low_stock: Option<i32>,
    pub(super) tax_category: Option<String>,
    #[serde(default)]
    pub(super) options: Vec<ProductOption>,
    #[serde(default)]
    pub(super) except: Vec<Exception>,
    #[serde(default)]
    pub(super) draft: bool,
    /// Whether it is a gift card, of which none is counted.
    #[serde(default)]
    pub(super) gift_card: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    pub(super) motif: Motif,
    /// Its colour, for a product that comes in one only.
    #[serde(default)]
    pub(super) tint: String,
    /// Which shape or pattern of the motif; by the slug when it is missing.
    pub(super) style: Option<usize>,
}

/// An attribute's value, or its values.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Values {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductOption {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// What differs for the variants that have all of these option values.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    #[serde(rename = "for")]
    pub(super) values: Vec<String>,
    pub(super) price: Option<i64>,
    pub(super) compare_at: Option<i64>,
    pub(super) weight: Option<i32>,
    pub(super) stock: Option<i64>,
    /// Of a gift card: what its buyer may choose, in minor units.
    pub(super) own_amount: Option<OwnAmount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnAmount {
    pub(super) minimum: i64,
    pub(super) maximum: i64,
    pub(super) step: i64,
}

impl Shelf {
    /// The file that is part of the program, read once.
    pub(super) fn embedded() -> &'static Self {
        static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
            toml::from_str(include_str!("catalogue.toml"))
                .expect("the embedded catalogue is read by a test before it ships")
        });
        &SHELF
    }
}

impl Product {
    /// The colours it is sold in; none for a product with no such option.
    pub(super) fn colours(&self) -> &[String] {
        let colour = self.options.iter().find(|option| option.name == COLOUR);
        colour.map_or(&[], |option| &option.values)
    }
}

/// The option that has pictures of its own.
pub const COLOUR: &str = "Colour";
