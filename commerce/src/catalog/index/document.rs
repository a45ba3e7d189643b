//! A product as a search engine sees it: pure.

use std::collections::{BTreeSet, HashSet};

use vitrine_entity::{currency::Currency, ids::VariantId, product, product_listing, variant};

use super::{said::Said, translated::Translated};
use crate::{
    ports::search::{InLanguage, SearchDocument, named, one_variant},
    words::analysis::Analysis,
};

/// How many sets the variants of a product may have; where there are more, all values hold by themselves.
const SETS_MAX: usize = 10_000;

/// What a document is made of, beside the product itself.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    pub listing: &'a product_listing::Model,
    /// The active ones.
    pub variants: &'a [variant::Model],
    /// Those that can be sold, of any product.
    pub in_stock: &'a HashSet<VariantId>,
    pub said: &'a Said,
    pub translated: &'a Translated,
    /// What the shop's words are compared by.
    pub analyses: &'a [&'static Analysis],
    /// The lowest prices in other currencies.
    pub prices_minor: &'a [(Currency, i64)],
}

/// The same sources give the same document: whoever compares two compares what they say.
pub(super) fn document(product: &product::Model, sources: &Sources<'_>) -> SearchDocument {
    let (own_attributes, variant_sets) = held_together(sources);
    SearchDocument {
        id: product.id,
        title: product.title.clone(),
        description: description(product, sources.translated),
        vendor: product.vendor.clone(),
        tags: strings(&product.tags).map(str::to_owned).collect(),
        skus: codes(sources),
        categories: sources.said.categories.clone(),
        collections: sources.said.collections.clone(),
        held_by: sources.said.held_by.clone(),
        attributes: named_values(sources),
        own_attributes,
        variant_sets,
        translated: sources.translated.words.clone(),
        languages: in_languages(sources),
        price_minor: sources.listing.price_min_minor,
        prices_minor: sources.prices_minor.to_vec(),
        in_stock: sources.listing.in_stock,
        sold: sources.listing.sold,
        created_at: product.created_at.timestamp(),
    }
}

fn in_languages(sources: &Sources<'_>) -> Vec<InLanguage> {
    let in_language = |analysis: &&'static Analysis| {
        let titles = sources.translated.titles.iter();
        let titles = titles.filter(|(locale, _)| Analysis::of(locale) == Some(analysis));
        InLanguage {
            analysis,
            titles: titles.map(|(_, title)| title.clone()).collect(),
        }
    };
    sources.analyses.iter().map(in_language).collect()
}

/// What is written of it in any language: it is found by each.
fn description(product: &product::Model, translated: &Translated) -> String {
    let own = plain_text(&product.description_html);
    let others = translated.descriptions_html.iter().map(|html| plain_text(html));
    std::iter::once(own).chain(others).collect::<Vec<_>>().join("\n")
}

fn codes(sources: &Sources<'_>) -> Vec<String> {
    let skus = sources.variants.iter().map(|variant| &variant.sku);
    let barcodes = sources.variants.iter().filter_map(|variant| variant.barcode.as_ref());
    let mut codes: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    codes.extend(skus.chain(barcodes).filter(|code| seen.insert(code.as_str())).cloned());
    codes
}

fn named_values(sources: &Sources<'_>) -> Vec<String> {
    let attributes = own_values(sources).into_iter();
    let is_active = |of: VariantId| sources.variants.iter().any(|variant| variant.id == of);
    let of_variants = sources.said.of_variants.iter().filter(|(of, ..)| is_active(*of));
    let of_variants = of_variants.map(|(_, name, value)| named(name, value));
    // What no variant has cannot be chosen, however well its option knows it.
    let chosen = |place: usize, value: &str| {
        let of_place = |variant: &variant::Model| strings(&variant.option_values).nth(place) == Some(value);
        sources.variants.iter().any(of_place)
    };
    let options = sources
        .said
        .options
        .iter()
        .enumerate()
        .flat_map(|(place, (name, values))| {
            let values = strings(values).filter(move |value| chosen(place, value));
            values.map(move |value| named(name, value))
        });
    let mut values: Vec<_> = attributes.chain(of_variants).chain(options).collect();
    values.sort();
    values.dedup();
    values
}

fn own_values(sources: &Sources<'_>) -> Vec<String> {
    let values = sources.said.attributes.iter();
    let values: BTreeSet<String> = values.map(|(name, value)| named(name, value)).collect();
    values.into_iter().collect()
}

/// What holds for all variants, and what each has together.
fn held_together(sources: &Sources<'_>) -> (Vec<String>, Vec<String>) {
    let mut own: BTreeSet<String> = own_values(sources).into_iter().collect();
    let mut sets: BTreeSet<String> = BTreeSet::new();
    for variant in sources.variants {
        let values = values_of(sources, variant);
        let (together, alone) = values.split_at(values.len().min(one_variant::OF_VARIANT_MAX));
        own.extend(alone.iter().map(|(name, value)| named(name, value)));
        sets.extend(one_variant::sets(together, sources.in_stock.contains(&variant.id)));
        if sets.len() > SETS_MAX {
            return (named_values(sources), Vec::new());
        }
    }
    (own.into_iter().collect(), sets.into_iter().collect())
}

/// A variant's options, and then its attributes, with their names.
fn values_of<'a>(sources: &Sources<'a>, variant: &'a variant::Model) -> Vec<(&'a str, &'a str)> {
    let names = sources.said.options.iter().map(|(name, _)| name.as_str());
    let options = names.zip(strings(&variant.option_values));
    let attributes = sources.said.of_variants.iter().filter(|(of, ..)| *of == variant.id);
    let attributes = attributes.map(|(_, name, value)| (name.as_str(), value.as_str()));
    options.chain(attributes).collect()
}

fn strings(array: &serde_json::Value) -> impl Iterator<Item = &str> {
    array
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
}

/// The words of sanitised HTML, which is well-formed: tags become spaces, references characters.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let (mut in_tag, mut quote) = (false, None);
    for c in html.chars() {
        match (in_tag, quote) {
            (false, _) if c == '<' => in_tag = true,
            (false, _) => text.push(c),
            // A quoted attribute may hold a `>`.
            (true, Some(open)) if c == open => quote = None,
            (true, Some(_)) => {}
            (true, None) if c == '"' || c == '\'' => quote = Some(c),
            (true, None) if c == '>' => {
                in_tag = false;
                text.push(' ');
            }
            (true, None) => {}
        }
    }
    let references = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let text = references
        .into_iter()
        .fold(text, |text, (reference, c)| text.replace(reference, c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_its_words() {
        let html =
            r#"<p>Oak &amp; ash,<br>solid.</p><a href="/x" title="a>b">See&nbsp;more</a><p>1 &lt; 2 &amp;lt;</p>"#;
        assert_eq!(plain_text(html), "Oak & ash, solid. See more 1 < 2 &lt;");
    }
}
