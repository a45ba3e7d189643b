//! What a cart's goods and discounts are called in other languages than the shop's own.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use vitrine_entity::{
    ids::{CartLineId, DiscountId, ProductId},
    product_option,
};

use super::view::{CartLineView, CartView};
use crate::{
    Context, Result, Shop,
    pricing::{Adjustment, Applied, Origin},
    translations::{Thing, Words, languages, of_things, value_field},
};

type Known = HashMap<Thing, Words>;

/// By what each product is chosen, in order.
type Options = HashMap<ProductId, Vec<Thing>>;

/// Calls goods what a language calls them. Nothing is read where that is the shop's own.
pub(crate) async fn translate(
    db: &impl ConnectionTrait,
    languages: &[Arc<str>],
    lines: &mut [CartLineView],
) -> Result<()> {
    if languages.is_empty() || lines.is_empty() {
        return Ok(());
    }
    let options = options_of(db, lines).await?;
    let products = lines.iter().map(|line| Thing::Product(line.product.id));
    let things: Vec<_> = products.chain(options.values().flatten().cloned()).collect();
    let known = of_things(db, languages, &things).await?;
    for line in lines {
        rename(line, &known, &options);
    }
    Ok(())
}

/// Has what stands between a cart and an order name the goods as its reader does. Nothing is read where nothing stands there.
pub(super) async fn translate_problems(
    shop: &Shop,
    context: &Context,
    db: &impl ConnectionTrait,
    view: &mut CartView,
) -> Result<()> {
    let meant: Vec<CartLineId> = view.problems.iter().filter_map(|problem| problem.line()).collect();
    let languages = languages(shop, context);
    if meant.is_empty() || languages.is_empty() {
        return Ok(());
    }
    let lines = view.lines.iter().filter(|line| meant.contains(&line.line.id));
    let mut lines: Vec<CartLineView> = lines.cloned().collect();
    translate(db, &languages, &mut lines).await?;
    for problem in &mut view.problems {
        let line = problem.line();
        if let Some(line) = lines.iter().find(|known| Some(known.line.id) == line) {
            problem.call(line.title());
        }
    }
    Ok(())
}

/// Has the discounts of a cart called what its reader's language calls them. What an order copies is left alone: that is said
/// in the language of its cart. Nothing is read where there is no discount.
pub(super) async fn translate_discounts(
    shop: &Shop,
    context: &Context,
    db: &impl ConnectionTrait,
    view: &mut CartView,
) -> Result<()> {
    let languages = languages(shop, context);
    if languages.is_empty() {
        return Ok(());
    }
    let titles = titles(db, &languages, discounts_of(view)).await?;
    let call = |title: &mut String, discount: Option<DiscountId>| {
        if let Some(known) = discount.and_then(|discount| titles.get(&discount)) {
            title.clone_from(known);
        }
    };
    for offer in &mut view.discount_offers {
        call(&mut offer.title, Some(offer.discount));
    }
    for code in view.discount_codes.iter_mut().chain(&mut view.tried) {
        let discount = code.discount;
        code.title.iter_mut().for_each(|title| call(title, discount));
    }
    let of_lines = view.lines.iter_mut().flat_map(|line| &mut line.adjustments);
    let of_lines = of_lines.map(|part| &mut part.adjustment);
    let of_shipping = view
        .shipping_methods
        .iter_mut()
        .flat_map(|option| &mut option.adjustments);
    for adjustment in of_lines.chain(of_shipping) {
        let discount = discount_of(adjustment);
        call(&mut adjustment.label, discount);
    }
    view.discount_titles = titles;
    Ok(())
}

/// Has what is copied to an order call its discounts what a language calls them.
pub(crate) async fn translate_adjustments(
    db: &impl ConnectionTrait,
    languages: &[Arc<str>],
    adjustments: &mut [Applied],
) -> Result<()> {
    let discounts = adjustments
        .iter()
        .filter_map(|applied| discount_of(&applied.adjustment));
    let titles = titles(db, languages, discounts.collect()).await?;
    for applied in adjustments {
        let title = discount_of(&applied.adjustment).and_then(|discount| titles.get(&discount));
        if let Some(title) = title {
            title.clone_into(&mut applied.adjustment.label);
        }
    }
    Ok(())
}

/// The discounts that a cart tells of.
fn discounts_of(view: &CartView) -> BTreeSet<DiscountId> {
    let offers = view.discount_offers.iter().map(|offer| offer.discount);
    let codes = view
        .discount_codes
        .iter()
        .chain(&view.tried)
        .filter_map(|code| code.discount);
    let of_shipping = view.shipping_methods.iter().flat_map(|option| &option.adjustments);
    let given = view.adjustments.iter().map(|applied| &applied.adjustment);
    let had = given.chain(of_shipping).filter_map(discount_of);
    offers.chain(codes).chain(had).collect()
}

fn discount_of(adjustment: &Adjustment) -> Option<DiscountId> {
    adjustment.origin.map(|Origin::Discount { discount, .. }| discount)
}

/// What discounts are called, where that is translated.
async fn titles(
    db: &impl ConnectionTrait,
    languages: &[Arc<str>],
    discounts: BTreeSet<DiscountId>,
) -> Result<HashMap<DiscountId, String>> {
    let things: Vec<_> = discounts.iter().copied().map(Thing::Discount).collect();
    let known = of_things(db, languages, &things).await?;
    let title = |id: DiscountId| Some((id, text(&known, &Thing::Discount(id), "title")?));
    Ok(discounts.into_iter().filter_map(title).collect())
}

async fn options_of(db: &impl ConnectionTrait, lines: &[CartLineView]) -> Result<Options> {
    let products = lines.iter().map(|line| line.product.id);
    let mut rows = product_option::Entity::find()
        .filter(product_option::Column::ProductId.is_in(products))
        .all(db)
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
