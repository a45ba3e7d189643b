//! What is told in the language of whoever asks, of rows that are shown whole.

use std::collections::HashMap;

use serde_json::Value;
use vitrine_commerce::{
    Context, Result, Shop,
    translations::{Thing, Words, languages, of_things, value_field},
};
use vitrine_entity::{ids::ProductId, order, picture, product_option, variant};

type Known = HashMap<Thing, Words>;

/// What the taxes of orders are called. Nothing is read where the shop's own language is asked for.
pub(super) async fn taxes_of(shop: &Shop, context: &Context, orders: &[order::Model]) -> Result<TaxNames> {
    let lines = orders.iter().flat_map(|order| &order.tax).flat_map(|tax| &tax.lines);
    let taxes: Vec<_> = lines.map(|line| Thing::Tax(line.name.as_str().into())).collect();
    let known = of_things(&shop.db, &languages(shop, context), &taxes).await?;
    Ok(TaxNames(known))
}

/// What taxes are called, by the names that the shop gives them.
pub(super) struct TaxNames(Known);

impl TaxNames {
    pub(super) fn of(&self, own: &str) -> String {
        let words = self.0.get(&Thing::Tax(own.into()));
        words.map_or(own, |words| words.or("name", own)).to_owned()
    }
}

/// Calls what products are chosen by, and what their pictures show, as the language asked for does. Nothing is read where
/// that is the shop's own.
pub(super) async fn translate_goods(
    shop: &Shop,
    context: &Context,
    options: &mut HashMap<ProductId, Vec<product_option::Model>>,
    variants: &mut HashMap<ProductId, Vec<variant::Model>>,
    pictures: &mut HashMap<ProductId, Vec<picture::Model>>,
) -> Result<()> {
    let languages = languages(shop, context);
    if languages.is_empty() {
        return Ok(());
    }
    let chosen = options.values().flatten().map(option_of);
    let shown = pictures.values().flatten().map(|picture| Thing::Picture(picture.id));
    let things: Vec<_> = chosen.chain(shown).collect();
    let known = of_things(&shop.db, &languages, &things).await?;
    for (product, rows) in variants.iter_mut() {
        let options = options.get(product).map_or(&[][..], Vec::as_slice);
        rows.iter_mut().for_each(|variant| rename(variant, options, &known));
    }
    for option in options.values_mut().flatten() {
        if let Some(name) = text(&known, &option_of(option), "name") {
            option.name = name;
        }
    }
    // One without a text is there for decoration.
    let described = pictures
        .values_mut()
        .flatten()
        .filter(|picture| !picture.alt.is_empty());
    for picture in described {
        if let Some(alt) = text(&known, &Thing::Picture(picture.id), "alt") {
            picture.alt = alt;
        }
    }
    Ok(())
}

fn option_of(option: &product_option::Model) -> Thing {
    Thing::Option(option.name.as_str().into())
}

/// By its options as the rows have them.
fn rename(variant: &mut variant::Model, options: &[product_option::Model], known: &Known) {
    let Some(values) = variant.option_values.as_array_mut() else {
        return;
    };
    for (option, value) in options.iter().zip(values.iter_mut()) {
        let field = value.as_str().map(value_field);
        if let Some(translated) = field.and_then(|field| text(known, &option_of(option), &field)) {
            *value = Value::String(translated);
        }
    }
    let chosen: Vec<_> = values.iter().filter_map(Value::as_str).collect();
    if !chosen.is_empty() && chosen.len() == options.len() {
        variant.title = chosen.join(" / ");
    }
}

fn text(known: &Known, thing: &Thing, field: &str) -> Option<String> {
    known.get(thing)?.get(field).map(str::to_owned)
}
