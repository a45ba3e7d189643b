//! The demo shop's texts in German, so that whoever changes the language sees another shop.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_commerce::{
    Context, Result, Shop,
    catalog::{categories, collections, find, load},
    delivery::{methods, zones},
    settings::{self, ShopUpdate},
    translations::{self, NewTranslation, Thing, TranslationsSet, value_field},
};
use vitrine_entity::ids::ProductId;

use crate::catalogue::{COLOUR, german_alts};

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
    let mut products = Vec::new();
    for (slug, (title, said)) in &german.products {
        if let Some(product) = find::by_slug(shop, context, slug).await? {
            products.push((product.id, german_alts(slug, title, &german.options[COLOUR])));
            let html = format!("<p>{said}</p>");
            sets.push(set(
                product.id.into(),
                [("title", title.as_str()), ("descriptionHtml", html.as_str())],
            ));
        }
    }
    sets.extend(of_pictures(shop, &products).await?);
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

/// What pictures show: those that were there with the demo, which nobody has described otherwise since.
async fn of_pictures(shop: &Shop, products: &[(ProductId, BTreeMap<String, String>)]) -> Result<Vec<TranslationsSet>> {
    let ids: Vec<_> = products.iter().map(|(id, _)| *id).collect();
    let galleries = load::galleries_of(shop, &ids).await?;
    let mut alts = BTreeMap::new();
    for (id, german) in products {
        let Some(gallery) = galleries.get(id) else { continue };
        // A picture that shows several variants has a row for each.
        for row in gallery.pictures.iter().chain(gallery.of_variants.values()) {
            if let Some(alt) = german.get(&row.alt) {
                alts.insert(row.id, alt);
            }
        }
    }
    let sets = alts
        .into_iter()
        .map(|(id, alt)| set(id.into(), [("alt", alt.as_str())]));
    Ok(sets.collect())
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
    }

    /// Also what reads alike, such as measures, so that nothing looks as if it were still to be done.
    #[test]
    fn all_that_one_chooses_by_is_said_in_german_and_nothing_else_is() {
        let (german, demo) = (german(), catalogue());
        let attributes = demo.products.iter().flat_map(|product| product.attributes.clone());
        let options = demo.products.iter().flat_map(|product| {
            let chosen = product.variants.iter().flat_map(|variant| {
                let names = product.options.iter().cloned();
                names.zip(variant.option_values.iter().cloned())
            });
            chosen.collect::<Vec<_>>()
        });
        for (what, own, texts) in [
            ("attribute", attributes.collect::<BTreeSet<_>>(), &german.attributes),
            ("option", options.collect(), &german.options),
        ] {
            let names = own.iter().map(|(name, _)| (name.clone(), "name".to_owned()));
            let own: BTreeSet<_> = names.chain(own.iter().cloned()).collect();
            let told = texts
                .iter()
                .flat_map(|(name, texts)| texts.keys().map(move |own| (name.clone(), own.clone())));
            assert_eq!(told.collect::<BTreeSet<_>>(), own, "{what}");
        }
    }

    #[test]
    fn a_picture_is_described_in_german() {
        let colours = &german().options[COLOUR];
        let alts = german_alts("alba-dome-lamp", "Kuppelleuchte Alba", colours);
        assert_eq!(alts["Alba Dome Lamp in terracotta"], "Kuppelleuchte Alba in Terrakotta");
        assert!(
            alts.values()
                .any(|alt| alt.contains(" und ") && alt.ends_with(" nebeneinander")),
            "{alts:?}"
        );
        let lamp = catalogue()
            .products
            .into_iter()
            .find(|product| product.slug == "alba-dome-lamp");
        let pictures = lamp.expect("it is sold").pictures;
        assert!(
            pictures.iter().all(|picture| alts.contains_key(&picture.alt)),
            "{alts:?}"
        );
    }
}
