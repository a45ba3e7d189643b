//! What was bought, in the words of the cart's language: an order keeps those in which it was sold.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use vitrine_entity::{ids::ProductId, product_option};

use crate::{
    Result, Tx,
    cart::{CartLineView, CartView},
    translations::{Thing, Words, languages_of, of_things, value_field},
};

type Known = HashMap<Thing, Words>;

/// By what each product is chosen, in order.
type Options = HashMap<ProductId, Vec<Thing>>;

/// Calls the goods and the ways to ship them what the cart's language calls them. Nothing is read where that is the shop's own.
pub(super) async fn translate(tx: &Tx, view: &mut CartView) -> Result<()> {
    let languages = languages_of(tx.shop(), &view.cart.locale);
    if languages.is_empty() {
        return Ok(());
    }
    let options = options_of(tx, view).await?;
    let products = view.lines.iter().map(|line| Thing::Product(line.product.id));
    let methods = view.shipping_methods.iter();
    let methods = methods.map(|option| Thing::ShippingMethod(option.method.id));
    let things: Vec<_> = products
        .chain(methods)
        .chain(options.values().flatten().cloned())
        .collect();
    let known = of_things(tx.db(), &languages, &things).await?;
    for line in &mut view.lines {
        rename(line, &known, &options);
    }
    for option in &mut view.shipping_methods {
        if let Some(name) = text(&known, &Thing::ShippingMethod(option.method.id), "name") {
            option.method.name = name;
        }
    }
    Ok(())
}

async fn options_of(tx: &Tx, view: &CartView) -> Result<Options> {
    let products = view.lines.iter().map(|line| line.product.id);
    let mut rows = product_option::Entity::find()
        .filter(product_option::Column::ProductId.is_in(products))
        .all(tx.db())
        .await?;
    rows.sort_by_key(|row| (row.product_id, row.position));
    let mut options = Options::new();
    for row in rows {
        let option = Thing::Option(row.name.into());
        options.entry(row.product_id).or_default().push(option);
    }
    Ok(options)
}

fn rename(line: &mut CartLineView, known: &Known, options: &Options) {
    let product = line.product.id;
    if let Some(title) = text(known, &Thing::Product(product), "title") {
        line.product.title = title;
    }
    let values = line.variant.option_values.as_array().into_iter().flatten();
    let values: Vec<_> = values.filter_map(Value::as_str).collect();
    let options = options.get(&product).map_or(&[][..], Vec::as_slice);
    if values.is_empty() || values.len() != options.len() {
        return;
    }
    let value = |(option, value): (&Thing, &&str)| {
        text(known, option, &value_field(value)).unwrap_or_else(|| (*value).to_owned())
    };
    line.variant.title = options.iter().zip(&values).map(value).collect::<Vec<_>>().join(" / ");
}

fn text(known: &Known, thing: &Thing, field: &str) -> Option<String> {
    known.get(thing)?.get(field).map(str::to_owned)
}
