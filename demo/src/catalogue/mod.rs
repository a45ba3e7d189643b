//! What the demo shop sells.
//!
//! Its goods stand in `catalogue.toml`, where a product lists its options once and says which variants
//! differ; here they become the drafts that an importer would make.

mod file;
#[cfg(test)]
mod tests;
mod view;

pub use file::COLOUR;
use file::{Category, Exception, Product, Shelf, Values};
use view::View;
pub use view::picture;
pub(crate) use view::{AltPatterns, alts_in};
use vitrine_commerce::catalog::{
    draft::{CategoryDraft, CollectionDraft, PictureDraft, ProductDraft, VariantDraft},
    options::ColourOf,
};
use vitrine_entity::{currency::Currency, variant::GiftCardAmounts};

/// All that the demo shop sells, and how it is arranged.
#[derive(Debug, Clone)]
pub struct DemoCatalogue {
    /// Parents before their children; those with the same parent in the order to be shown.
    pub categories: Vec<CategoryDraft>,
    pub products: Vec<ProductDraft>,
    pub collections: Vec<CollectionDraft>,
    /// Of the option [`COLOUR`], each value that a product has.
    pub colours: Vec<ColourOf>,
}

/// In which the file has its amounts; in a shop of another currency they are as many of its minor units.
const CURRENCY: Currency = Currency::EUR;

impl DemoCatalogue {
    /// As a shop of a currency sells it.
    pub(crate) fn sold_in(mut self, currency: Currency) -> Self {
        let variants = self.products.iter_mut().flat_map(|product| &mut product.variants);
        for amounts in variants.filter_map(|variant| variant.gift_card_amounts.as_mut()?.as_mut()) {
            amounts.currency = currency;
        }
        self
    }
}

/// The demo shop's catalogue; the same at every call.
pub fn catalogue() -> DemoCatalogue {
    let shelf = Shelf::embedded();
    DemoCatalogue {
        categories: categories(&shelf.categories, None),
        products: shelf
            .products
            .iter()
            .map(|product| product_draft(shelf, product))
            .collect(),
        collections: shelf.collections.clone(),
        colours: shelf
            .products
            .iter()
            .flat_map(|product| colours(shelf, product))
            .collect(),
    }
}

fn colours(shelf: &Shelf, product: &Product) -> Vec<ColourOf> {
    let known = product.colours().iter();
    let known = known.filter_map(|value| Some((value, shelf.colours.get(value)?)));
    known
        .map(|(value, entry)| ColourOf {
            slug: product.slug.clone(),
            value: value.clone(),
            colour: entry.hex.clone(),
        })
        .collect()
}

fn categories(siblings: &[Category], parent: Option<&str>) -> Vec<CategoryDraft> {
    let mut drafts = Vec::new();
    for (position, category) in (0..).zip(siblings) {
        drafts.push(CategoryDraft {
            slug: category.slug.clone(),
            name: category.name.clone(),
            description: category.description.clone(),
            parent: parent.map(str::to_owned),
            position,
        });
        drafts.extend(categories(&category.children, Some(&category.slug)));
    }
    drafts
}

fn product_draft(shelf: &Shelf, product: &Product) -> ProductDraft {
    let views = product.views();
    ProductDraft {
        slug: product.slug.clone(),
        title: product.title.clone(),
        description_html: product.description.trim().to_owned(),
        vendor: Some(product.vendor.clone()),
        category: Some(product.category.clone()),
        tags: product.tags.clone(),
        attributes: attributes(product),
        options: product.options.iter().map(|option| option.name.clone()).collect(),
        variants: combinations(product)
            .into_iter()
            .map(|values| variant_draft(shelf, product, &views, values))
            .collect(),
        pictures: views
            .iter()
            .map(|view| PictureDraft {
                source: view.source(&product.slug),
                alt: view.alt.clone(),
            })
            .collect(),
        active: !product.draft,
        ..ProductDraft::default()
    }
}

fn attributes(product: &Product) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    for (name, values) in &product.attributes {
        let values = match values {
            Values::One(value) => std::slice::from_ref(value),
            Values::Many(values) => values.as_slice(),
        };
        attributes.extend(values.iter().map(|value| (name.clone(), value.clone())));
    }
    attributes
}

/// Every choice of one value an option, the last option changing fastest: one empty choice where
/// there are no options.
fn combinations(product: &Product) -> Vec<Vec<String>> {
    product
        .options
        .iter()
        .fold(vec![Vec::new()], |begun: Vec<Vec<String>>, option| {
            let longer = |start: &Vec<String>, value: &String| [start.as_slice(), std::slice::from_ref(value)].concat();
            begun
                .iter()
                .flat_map(|start| option.values.iter().map(move |value| longer(start, value)))
                .collect()
        })
}

fn variant_draft(shelf: &Shelf, product: &Product, views: &[View], values: Vec<String>) -> VariantDraft {
    let mut draft = VariantDraft {
        sku: sku(shelf, product, &values),
        price_minor: product.price,
        compare_at_minor: product.compare_at,
        on_hand: (!product.gift_card).then_some(product.stock),
        tracked: product.gift_card.then_some(false),
        gift_card: Some(product.gift_card),
        sells_when_out: None,
        weight_grams: product.weight,
        requires_shipping: true,
        tax_category: product.tax_category.clone(),
        low_stock_threshold: product.low_stock,
        picture: picture_of(product, views, &values),
        option_values: values,
        ..VariantDraft::default()
    };
    for exception in &product.except {
        if exception.values.iter().all(|value| draft.option_values.contains(value)) {
            apply(exception, &mut draft);
        }
    }
    draft
}

/// The product's beginning and a code for each value: `CUSH-LINA-SAGE-L`.
fn sku(shelf: &Shelf, product: &Product, values: &[String]) -> String {
    let mut sku = product.sku.clone();
    for (option, value) in product.options.iter().zip(values) {
        let code = match option.name.as_str() {
            COLOUR => shelf.colours.get(value).map(|colour| colour.code.as_str()),
            _ => shelf.codes.get(value).map(String::as_str),
        };
        sku.push('-');
        sku.push_str(code.unwrap_or(value));
    }
    sku
}

fn picture_of(product: &Product, views: &[View], values: &[String]) -> Option<String> {
    let shown = views
        .iter()
        .find(|view| view.colour.as_ref().is_some_and(|colour| values.contains(colour)))?;
    Some(shown.source(&product.slug))
}

fn apply(exception: &Exception, draft: &mut VariantDraft) {
    if let Some(price) = exception.price {
        draft.price_minor = price;
        // The old price was that of another size.
        draft.compare_at_minor = exception.compare_at;
    }
    if exception.compare_at.is_some() {
        draft.compare_at_minor = exception.compare_at;
    }
    if let Some(weight) = exception.weight {
        draft.weight_grams = weight;
    }
    if exception.stock.is_some() {
        draft.on_hand = exception.stock;
    }
    if let Some(own) = &exception.own_amount {
        draft.gift_card_amounts = Some(Some(GiftCardAmounts {
            currency: CURRENCY,
            minimum_minor: own.minimum,
            maximum_minor: own.maximum,
            step_minor: own.step,
        }));
    }
}
