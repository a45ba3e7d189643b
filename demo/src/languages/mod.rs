//! The demo shop's texts in other languages than its own, so that whoever changes the language sees another shop.

mod goods;
mod texts;

use vitrine_commerce::{
    Context, Result, Shop,
    settings::{self, ShopUpdate},
    translations::{self, Thing, TranslationsSet, value_field},
};

pub(crate) use self::texts::{set, spoken};
use self::{
    goods::Goods,
    texts::{Texts, all},
};

/// The language of the demo's texts.
const OWN: &str = "en";

/// Gives a demo shop that speaks English the others as well, and its texts in them. One in another language stays as it is.
pub(crate) async fn write(shop: &Shop, context: &Context) -> Result<()> {
    let languages = &shop.profile().languages;
    if languages.len() != 1 || languages.first().is_none_or(|own| &**own != OWN) {
        return Ok(());
    }
    let goods = Goods::find(shop, context).await?;
    let sets_of = |(language, texts): (&'static str, Texts)| {
        let sets = [goods.sets(language, &texts), of_words(language, &texts)].concat();
        (language, sets)
    };
    let known: &Vec<_> = &all().into_iter().map(sets_of).collect();
    shop.transact(context, |tx| async move {
        let languages = [OWN].into_iter().chain(known.iter().map(|(language, _)| *language));
        let update = ShopUpdate {
            languages: Some(languages.map(str::to_owned).collect()),
            ..ShopUpdate::default()
        };
        settings::update_in(&tx, &update).await?;
        for (language, sets) in known {
            translations::init(&tx, language, sets).await?;
        }
        Ok(())
    })
    .await
}

/// What many things have in common, and what has no row of its own.
fn of_words(language: &str, texts: &Texts) -> Vec<TranslationsSet> {
    let options = texts.options.iter();
    let options = options.map(|(name, texts)| (Thing::Option(name.as_str().into()), texts));
    let attributes = texts.attributes.iter();
    let attributes = attributes.map(|(name, texts)| (Thing::Attribute(name.as_str().into()), texts));
    let field = |own: &str| match own {
        "name" => own.to_owned(),
        value => value_field(value),
    };
    let sets = options.chain(attributes).map(|(thing, texts)| {
        set(
            language,
            thing,
            texts.iter().map(|(own, text)| (field(own), text.as_str())),
        )
    });
    let payment = texts.payment.iter().map(|(name, title)| {
        let method = Thing::PaymentMethod(name.as_str().into());
        set(language, method, [("title", title.as_str())])
    });
    let taxes = texts.taxes.iter().map(|(own, name)| {
        let tax = Thing::Tax(own.as_str().into());
        set(language, tax, [("name", name.as_str())])
    });
    sets.chain(payment).chain(taxes).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        catalogue::{COLOUR, alts_in, catalogue},
        region,
    };

    #[test]
    fn all_that_is_sold_has_a_name_in_each_language_and_nothing_else_has() {
        let demo = catalogue();
        let sold = demo.products.iter().filter(|product| product.active);
        let sold: BTreeSet<_> = sold.map(|product| &product.slug).collect();
        let categories: BTreeSet<_> = demo.categories.iter().map(|category| &category.slug).collect();
        let collections: BTreeSet<_> = demo.collections.iter().map(|collection| &collection.slug).collect();
        for (language, texts) in all() {
            assert_eq!(texts.products.keys().collect::<BTreeSet<_>>(), sold, "{language}");
            assert_eq!(
                texts.categories.keys().collect::<BTreeSet<_>>(),
                categories,
                "{language}"
            );
            assert_eq!(
                texts.collections.keys().collect::<BTreeSet<_>>(),
                collections,
                "{language}"
            );
        }
    }

    #[test]
    fn all_ways_to_ship_and_all_taxes_are_called_something_in_each_language() {
        let (zones, rates) = region::drafts();
        let methods = zones.iter().flat_map(|zone| &zone.methods);
        let shipping = methods.flat_map(|method| [method.name.clone(), method.description.clone()]);
        let shipping: BTreeSet<_> = shipping.collect();
        let taxes: BTreeSet<_> = rates.into_iter().map(|rate| rate.name).collect();
        for (language, texts) in all() {
            assert_eq!(
                texts.shipping.into_keys().collect::<BTreeSet<_>>(),
                shipping,
                "{language}"
            );
            assert_eq!(texts.taxes.into_keys().collect::<BTreeSet<_>>(), taxes, "{language}");
        }
    }

    /// Also what reads alike, such as measures, so that nothing looks as if it were still to be done.
    #[test]
    fn all_that_one_chooses_by_is_said_in_each_language_and_nothing_else_is() {
        let demo = catalogue();
        let attributes = demo.products.iter().flat_map(|product| product.attributes.clone());
        let attributes: BTreeSet<_> = attributes.collect();
        let options = demo.products.iter().flat_map(|product| {
            let chosen = product.variants.iter().flat_map(|variant| {
                let names = product.options.iter().cloned();
                names.zip(variant.option_values.iter().cloned())
            });
            chosen.collect::<Vec<_>>()
        });
        let options: BTreeSet<_> = options.collect();
        for (language, texts) in all() {
            for (what, own, texts) in [
                ("attribute", &attributes, &texts.attributes),
                ("option", &options, &texts.options),
            ] {
                let names = own.iter().map(|(name, _)| (name.clone(), "name".to_owned()));
                let own: BTreeSet<_> = names.chain(own.iter().cloned()).collect();
                let told = texts
                    .iter()
                    .flat_map(|(name, texts)| texts.keys().map(move |own| (name.clone(), own.clone())));
                assert_eq!(told.collect::<BTreeSet<_>>(), own, "{language}: {what}");
            }
        }
    }

    #[test]
    fn a_picture_is_described_in_each_language() {
        let lamp = catalogue()
            .products
            .into_iter()
            .find(|product| product.slug == "alba-dome-lamp");
        let pictures = lamp.expect("it is sold").pictures;
        for ((language, texts), (colour, pair)) in all().into_iter().zip([
            ("Alba Kuppelleuchte in Terrakotta", " nebeneinander"),
            ("Alba ドームランプ（テラコッタ）", "を並べて）"),
        ]) {
            let (title, _) = &texts.products["alba-dome-lamp"];
            let alts = alts_in(&texts.pictures, "alba-dome-lamp", title, &texts.options[COLOUR]);
            assert_eq!(alts["Alba Dome Lamp in terracotta"], colour, "{language}");
            assert!(alts.values().any(|alt| alt.ends_with(pair)), "{alts:?}");
            assert!(
                pictures.iter().all(|picture| alts.contains_key(&picture.alt)),
                "{alts:?}"
            );
            assert!(!alts.values().any(|alt| alt.contains('{')), "{alts:?}");
        }
    }
}
