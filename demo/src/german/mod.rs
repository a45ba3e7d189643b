//! The demo shop's texts in German, so that whoever changes the language sees another shop.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_commerce::{
    Context, Result, Shop,
    catalog::{categories, collections, find},
    delivery::{methods, zones},
    settings::{self, ShopUpdate},
    translations::{self, NewTranslation, Thing, TranslationsSet, value_field},
};

/// The language of the demo's texts, and that of these.
const OWN: &str = "en";
pub(crate) const GERMAN: &str = "de";

/// A title or a name, and what is said of it.
type Text = (String, String);

/// What `german.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct German {
    pub(crate) categories: BTreeMap<String, Text>,
    pub(crate) collections: BTreeMap<String, Text>,
    /// By what stands there in English.
    shipping: BTreeMap<String, String>,
    /// By name, and by value; `name` is the option's own.
    pub(crate) options: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) attributes: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) products: BTreeMap<String, Text>,
}

pub(crate) fn german() -> German {
    toml::from_str(include_str!("german.toml")).expect("a test reads the embedded file")
}

/// Gives a demo shop that speaks English German as well, and its texts in it. One in another language stays as it is.
pub(crate) async fn write(shop: &Shop, context: &Context) -> Result<()> {
    let languages = &shop.profile().languages;
    if languages.len() != 1 || languages.first().is_none_or(|own| &**own != OWN) {
        return Ok(());
    }
    let german = german();
    let mut sets = of_catalogue(shop, context, &german).await?;
    sets.extend(of_words(&german));
    // What the simulated provider is called.
    sets.push(set(Thing::PaymentMethod("simulated".into()), [("title", "Karte")]));
    sets.extend(of_methods(shop, &german).await?);
    let sets = &sets;
    shop.transact(context, |tx| async move {
        let update = ShopUpdate {
            languages: Some(vec![OWN.to_owned(), GERMAN.to_owned()]),
            ..ShopUpdate::default()
        };
        settings::update_in(&tx, &update).await?;
        translations::init(&tx, GERMAN, sets).await.map(drop)
    })
    .await
}

async fn of_catalogue(shop: &Shop, context: &Context, german: &German) -> Result<Vec<TranslationsSet>> {
    let mut sets = Vec::new();
    for (slug, (title, said)) in &german.products {
        if let Some(product) = find::by_slug(shop, context, slug).await? {
            let html = format!("<p>{said}</p>");
            sets.push(set(
                product.id.into(),
                [("title", title.as_str()), ("descriptionHtml", html.as_str())],
            ));
        }
    }
    for (slug, (name, said)) in &german.categories {
        if let Some(category) = categories::by_slug(shop, context, slug).await? {
            sets.push(set(
                category.id.into(),
                [("name", name.as_str()), ("description", said.as_str())],
            ));
        }
    }
    for (slug, (title, said)) in &german.collections {
        if let Some(collection) = collections::by_slug(shop, context, slug).await? {
            sets.push(set(
                collection.id.into(),
                [("title", title.as_str()), ("description", said.as_str())],
            ));
        }
    }
    Ok(sets)
}

fn of_words(german: &German) -> Vec<TranslationsSet> {
    let options = german.options.iter();
    let options = options.map(|(name, texts)| (Thing::Option(name.as_str().into()), texts));
    let attributes = german.attributes.iter();
    let attributes = attributes.map(|(name, texts)| (Thing::Attribute(name.as_str().into()), texts));
    let field = |own: &str| match own {
        "name" => own.to_owned(),
        value => value_field(value),
    };
    let sets = options
        .chain(attributes)
        .map(|(thing, texts)| set(thing, texts.iter().map(|(own, text)| (field(own), text.as_str()))));
    sets.collect()
}

async fn of_methods(shop: &Shop, german: &German) -> Result<Vec<TranslationsSet>> {
    let zones = zones::list(&shop.db, false).await?;
    let zones: Vec<_> = zones.into_iter().map(|zone| zone.id).collect();
    let methods = methods::of_zones(&shop.db, &zones, false).await?;
    let sets = methods.into_values().flatten().map(|method| {
        let texts = [("name", &method.name), ("description", &method.description)];
        let known = texts
            .into_iter()
            .filter_map(|(field, own)| Some((field, german.shipping.get(own)?.as_str())));
        set(method.id.into(), known.collect::<Vec<_>>())
    });
    Ok(sets.filter(|set| !set.fields.is_empty()).collect())
}

pub(crate) fn set<'a, Field: Into<String>>(
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
        locale: GERMAN.to_owned(),
        fields: texts.into_iter().map(field).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalogue::catalogue;

    #[test]
    fn all_that_is_sold_has_a_german_name_and_nothing_else_has() {
        let (german, demo) = (german(), catalogue());
        let sold = demo.products.iter().filter(|product| product.active);
        let sold: BTreeSet<_> = sold.map(|product| &product.slug).collect();
        assert_eq!(german.products.keys().collect::<BTreeSet<_>>(), sold);
        let categories: BTreeSet<_> = demo.categories.iter().map(|category| &category.slug).collect();
        assert_eq!(german.categories.keys().collect::<BTreeSet<_>>(), categories);
        let collections: BTreeSet<_> = demo.collections.iter().map(|collection| &collection.slug).collect();
        assert_eq!(german.collections.keys().collect::<BTreeSet<_>>(), collections);
        let attributes: BTreeSet<_> = demo.products.iter().flat_map(|product| &product.attributes).collect();
        for (name, texts) in &german.attributes {
            for value in texts.keys().filter(|value| *value != "name") {
                assert!(attributes.contains(&(name.clone(), value.clone())), "{name}: {value}");
            }
        }
    }
}
