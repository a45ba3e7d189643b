//! What products are called in other languages.

use std::collections::{BTreeSet, HashMap};

use vitrine_entity::ids::ProductId;

use super::said::Said;
use crate::{
    Result, Shop,
    translations::{Thing, every_text, value_field},
};

/// What is said of a product in other languages than the shop's own.
#[derive(Debug, Default)]
pub(super) struct Translated {
    pub(super) words: Vec<String>,
    /// Its titles alone, with their languages.
    pub(super) titles: Vec<(String, String)>,
    pub(super) descriptions_html: Vec<String>,
}

/// What is said of each of `products`, of whose options and attributes `said` tells. Nothing is read where the shop has one
/// language.
pub(super) async fn translated_of(
    shop: &Shop,
    products: &[ProductId],
    said: &HashMap<ProductId, Said>,
) -> Result<HashMap<ProductId, Translated>> {
    if shop.profile().languages.len() < 2 {
        return Ok(HashMap::new());
    }
    let mut things: BTreeSet<Thing> = products.iter().map(|id| Thing::Product(*id)).collect();
    for of_it in said.values() {
        things.extend(values_of(of_it).into_iter().map(|(thing, _)| thing));
    }
    let things: Vec<_> = things.into_iter().collect();
    let texts = every_text(&shop.db, &things).await?;
    let of_field = |thing: &Thing, field: &str| {
        let texts = texts.get(thing).into_iter().flatten();
        let texts = texts.filter(|text| text.field == field);
        texts.cloned().collect::<Vec<_>>()
    };
    let mut translated = HashMap::new();
    for id in products {
        let product = Thing::Product(*id);
        let titles = of_field(&product, "title");
        let mut words: Vec<String> = titles.iter().map(|title| title.text.clone()).collect();
        for (thing, field) in said.get(id).map(values_of).unwrap_or_default() {
            words.extend(of_field(&thing, &field).into_iter().map(|value| value.text));
        }
        words.extend(
            said.get(id)
                .into_iter()
                .flat_map(|said| said.category_names.iter().cloned()),
        );
        let mut seen = BTreeSet::new();
        words.retain(|word| seen.insert(word.clone()));
        let descriptions = of_field(&product, "descriptionHtml").into_iter();
        let descriptions_html: Vec<String> = descriptions.map(|description| description.text).collect();
        if !words.is_empty() || !descriptions_html.is_empty() {
            let found = Translated {
                words,
                titles: titles.into_iter().map(|title| (title.locale, title.text)).collect(),
                descriptions_html,
            };
            translated.insert(*id, found);
        }
    }
    Ok(translated)
}

/// The values of a product's options and attributes: whose they are, and the field that names each.
fn values_of(said: &Said) -> Vec<(Thing, String)> {
    let options = said.options.iter().flat_map(|(name, values)| {
        let values = values.as_array().into_iter().flatten();
        let values = values.filter_map(serde_json::Value::as_str);
        values.map(move |value| (Thing::Option(name.as_str().into()), value_field(value)))
    });
    let attributes = said.attributes.iter().map(|(name, value)| (name, value));
    let of_variants = said.of_variants.iter().map(|(_, name, value)| (name, value));
    let attributes = attributes.chain(of_variants);
    let attributes = attributes.map(|(name, value)| (Thing::Attribute(name.as_str().into()), value_field(value)));
    options.chain(attributes).collect()
}
