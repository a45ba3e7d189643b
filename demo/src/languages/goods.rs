//! What of a shop the demo has texts for in other languages.

use std::collections::{BTreeMap, HashMap};

use vitrine_commerce::{
    Context, Result, Shop,
    catalog::{categories, collections, find, load},
    delivery::{methods, zones},
    translations::{Thing, TranslationsSet},
};
use vitrine_entity::{
    ids::{PictureId, ProductId},
    shipping_method,
};

use super::texts::{Text, Texts, set};
use crate::catalogue::{COLOUR, alts_in, catalogue};

/// Those that a shop has, by what the demo calls them in addresses.
pub(super) struct Goods {
    products: Vec<(String, ProductId)>,
    categories: Vec<(String, Thing)>,
    collections: Vec<(String, Thing)>,
    /// What each picture shows.
    pictures: HashMap<ProductId, BTreeMap<PictureId, String>>,
    methods: Vec<shipping_method::Model>,
}

impl Goods {
    pub(super) async fn find(shop: &Shop, context: &Context) -> Result<Self> {
        let demo = catalogue();
        let mut products = Vec::new();
        for product in demo.products.into_iter().filter(|product| product.active) {
            if let Some(row) = find::by_slug(shop, context, &product.slug).await? {
                products.push((product.slug, row.id));
            }
        }
        let mut categories = Vec::new();
        for category in demo.categories {
            if let Some(row) = categories::by_slug(shop, context, &category.slug).await? {
                categories.push((category.slug, row.id.into()));
            }
        }
        let mut collections = Vec::new();
        for collection in demo.collections {
            if let Some(row) = collections::by_slug(shop, context, &collection.slug).await? {
                collections.push((collection.slug, row.id.into()));
            }
        }
        let ids: Vec<_> = products.iter().map(|(_, id)| *id).collect();
        Ok(Self {
            pictures: pictures_of(shop, &ids).await?,
            methods: methods_of(shop).await?,
            products,
            categories,
            collections,
        })
    }

    /// Their texts in a language.
    pub(super) fn sets(&self, language: &str, texts: &Texts) -> Vec<TranslationsSet> {
        let products = self
            .products
            .iter()
            .flat_map(|product| self.product(language, texts, product));
        let categories = of_slugs(language, &self.categories, &texts.categories, "name");
        let collections = of_slugs(language, &self.collections, &texts.collections, "title");
        let methods = self.methods.iter().map(|method| {
            let own = [("name", &method.name), ("description", &method.description)];
            let known = own
                .into_iter()
                .filter_map(|(field, own)| Some((field, texts.shipping.get(own)?.as_str())));
            set(language, method.id.into(), known)
        });
        let sets = products.chain(categories).chain(collections).chain(methods);
        sets.filter(|set| !set.fields.is_empty()).collect()
    }

    /// What it is called, and what those of its pictures show which nobody has described otherwise since.
    fn product(&self, language: &str, texts: &Texts, (slug, id): &(String, ProductId)) -> Vec<TranslationsSet> {
        let Some((title, said)) = texts.products.get(slug) else {
            return Vec::new();
        };
        let html = format!("<p>{said}</p>");
        let fields = [("title", title.as_str()), ("descriptionHtml", html.as_str())];
        let alts = alts_in(&texts.pictures, slug, title, &texts.options[COLOUR]);
        let pictures = self.pictures.get(id).into_iter().flatten();
        let pictures = pictures.filter_map(|(picture, own)| {
            let alt = alts.get(own)?;
            Some(set(language, (*picture).into(), [("alt", alt.as_str())]))
        });
        [set(language, (*id).into(), fields)]
            .into_iter()
            .chain(pictures)
            .collect()
    }
}

fn of_slugs(
    language: &str,
    things: &[(String, Thing)],
    texts: &BTreeMap<String, Text>,
    called: &str,
) -> Vec<TranslationsSet> {
    let sets = things.iter().filter_map(|(slug, thing)| {
        let (name, said) = texts.get(slug)?;
        let fields = [(called, name.as_str()), ("description", said.as_str())];
        Some(set(language, thing.clone(), fields))
    });
    sets.collect()
}

async fn pictures_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, BTreeMap<PictureId, String>>> {
    let galleries = load::galleries_of(shop, products).await?;
    let of = galleries.into_iter().map(|(product, gallery)| {
        // A picture that shows several variants has a row for each.
        let rows = gallery.pictures.into_iter().chain(gallery.of_variants.into_values());
        (product, rows.map(|row| (row.id, row.alt)).collect())
    });
    Ok(of.collect())
}

async fn methods_of(shop: &Shop) -> Result<Vec<shipping_method::Model>> {
    let zones = zones::list(&shop.db, false).await?;
    let zones: Vec<_> = zones.into_iter().map(|zone| zone.id).collect();
    let methods = methods::of_zones(&shop.db, &zones, false).await?;
    Ok(methods.into_values().flatten().collect())
}
