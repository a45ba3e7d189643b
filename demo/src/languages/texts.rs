//! What is said in each language, as its file has it.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_commerce::{
    Shop,
    translations::{NewTranslation, Thing, TranslationsSet},
};

use crate::catalogue::AltPatterns;

/// The languages besides English: those of the demo's markets, and that of its own country.
const FILES: [(&str, &str); 2] = [
    ("de", include_str!("german.toml")),
    ("ja", include_str!("japanese.toml")),
];

/// A title or a name, and what is said of it.
pub(super) type Text = (String, String);

/// What a language's file holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) categories: BTreeMap<String, Text>,
    pub(super) collections: BTreeMap<String, Text>,
    /// By what stands there in English.
    pub(super) shipping: BTreeMap<String, String>,
    /// By the provider's name.
    pub(super) payment: BTreeMap<String, String>,
    /// By what they are called in English.
    pub(super) taxes: BTreeMap<String, String>,
    pub(super) pictures: AltPatterns,
    /// By name, and by value; `name` is the option's own.
    pub(super) options: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) attributes: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) products: BTreeMap<String, Text>,
}

pub(super) fn all() -> Vec<(&'static str, Texts)> {
    let read = |(language, file)| (language, toml::from_str(file).expect("a test reads the embedded files"));
    FILES.into_iter().map(read).collect()
}

/// Of the languages that the demo has texts in, besides its own, those that a shop speaks.
pub(crate) fn spoken(shop: &Shop) -> Vec<&'static str> {
    let languages = &shop.profile().languages;
    let is_spoken = |language: &&str| languages.iter().any(|spoken| **spoken == **language);
    FILES
        .map(|(language, _)| language)
        .into_iter()
        .filter(is_spoken)
        .collect()
}

/// Texts of a thing, by field.
pub(crate) fn set<'a, Field: Into<String>>(
    language: &str,
    of: Thing,
    texts: impl IntoIterator<Item = (Field, &'a str)>,
) -> TranslationsSet {
    let field = |(field, text): (Field, &str)| NewTranslation {
        field: field.into(),
        text: text.to_owned(),
        source_digest: None,
        expected_version: None,
    };
    TranslationsSet {
        of,
        locale: language.to_owned(),
        fields: texts.into_iter().map(field).collect(),
    }
}
