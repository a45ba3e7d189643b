//! A variant as an item of Google's product feeds.

use serde::Serialize;

use crate::{
    documents::feed_goods::{
        FeedGoodsProductsNodes as Product, FeedGoodsProductsNodesVariants as Variant,
        FeedGoodsProductsNodesVariantsOptions as Choice, StockStatus,
    },
    storefront::shown::encoded,
};

/// Longer ones are refused there.
const TITLE_LETTERS_MAX: usize = 150;
const DESCRIPTION_LETTERS_MAX: usize = 5_000;

#[derive(Serialize)]
pub struct Item {
    id: String,
    title: String,
    description: String,
    /// Below the shop's own address.
    path: String,
    picture: Option<String>,
    availability: &'static str,
    available_from: Option<String>,
    /// As in `149.00 EUR`.
    price: String,
    sale_price: Option<String>,
    /// As in `2026-12-01T08:00Z/2026-12-24T08:00Z`; for as long as it is there where nobody knows its end.
    sale_period: Option<String>,
    brand: Option<String>,
    gtin: Option<String>,
    /// What all variants of a product have in common.
    group: Option<String>,
    /// The way to it, as in `Home > Lighting`.
    kind: Option<String>,
    /// In grams; 0 is unknown.
    weight: i64,
    options: Vec<Choice>,
}

/// All that has a price.
pub fn of(product: &Product) -> impl Iterator<Item = Item> {
    product.variants.iter().filter_map(|variant| item(product, variant))
}

fn item(product: &Product, variant: &Variant) -> Option<Item> {
    let price = variant.price.as_ref()?;
    let money = |amount: &str, currency: &str| format!("{amount} {currency}");
    let price = money(&price.amount, &price.currency_code);
    let former = variant.compare_at_price.as_ref();
    let former = former.map(|former| money(&former.amount, &former.currency_code));
    let picture = variant.picture.as_ref().map(|picture| &picture.url);
    let picture = picture.or(product.featured_picture.as_ref().map(|picture| &picture.url));
    let title = match variant.title.is_empty() || product.variants.len() < 2 {
        true => product.title.clone(),
        false => format!("{}, {}", product.title, variant.title),
    };
    let text = match product.description.trim() {
        "" => &product.title,
        text => text,
    };
    let stock = &variant.availability;
    let is_here = matches!(stock.status, StockStatus::InStock);
    Some(Item {
        id: variant.sku.clone(),
        title: title.chars().take(TITLE_LETTERS_MAX).collect(),
        description: text.chars().take(DESCRIPTION_LETTERS_MAX).collect(),
        path: path(product, variant),
        picture: picture.cloned(),
        availability: availability(&stock.status),
        available_from: stock.expected_on.clone().filter(|_| !is_here),
        sale_price: former.is_some().then(|| price.clone()),
        sale_period: former.is_some().then(|| sale_period(variant)).flatten(),
        price: former.unwrap_or(price),
        brand: product.vendor.clone(),
        gtin: variant.barcode.clone().filter(|barcode| is_gtin(barcode)),
        group: (product.variants.len() > 1).then(|| product.id.clone()),
        kind: kind(product),
        weight: variant.weight_grams,
        options: variant.options.clone(),
    })
}

fn sale_period(variant: &Variant) -> Option<String> {
    let period = variant.price_period.as_ref()?;
    Some(format!(
        "{}/{}",
        to_the_minute(&period.begins_at)?,
        to_the_minute(&period.ends_at)?
    ))
}

/// A moment as the API writes it, which is by UTC.
fn to_the_minute(moment: &str) -> Option<String> {
    let is_utc = moment.ends_with('Z') || moment.ends_with("+00:00");
    moment.get(..16).filter(|_| is_utc).map(|minute| format!("{minute}Z"))
}

/// The page on which this variant is chosen.
fn path(product: &Product, variant: &Variant) -> String {
    let path = format!("/products/{}", encoded(&product.slug));
    if product.variants.len() < 2 {
        return path;
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    for option in &variant.options {
        query.append_pair(&option.name, &option.value);
    }
    format!("{path}?{}", query.finish())
}

fn availability(status: &StockStatus) -> &'static str {
    match status {
        StockStatus::InStock => "in_stock",
        StockStatus::Backorder => "backorder",
        StockStatus::PreOrder => "preorder",
        StockStatus::SoldOut | StockStatus::Other(_) => "out_of_stock",
    }
}

fn kind(product: &Product) -> Option<String> {
    let category = product.category.as_ref()?;
    let above = category.ancestors.iter().map(|above| above.name.as_str());
    let names: Vec<_> = above.chain([category.name.as_str()]).collect();
    Some(names.join(" > "))
}

/// Whether it is a number of GS1's, by its length and its check digit: whoever sends another is refused.
fn is_gtin(text: &str) -> bool {
    let is_length = matches!(text.len(), 8 | 12 | 13 | 14);
    if !is_length || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits = text.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let weighed = digits
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit } else { 3 * digit });
    weighed.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_to_the_minute() {
        for text in ["2026-12-01T08:00:00Z", "2026-12-01T08:00:30.25+00:00"] {
            assert_eq!(to_the_minute(text).as_deref(), Some("2026-12-01T08:00Z"));
        }
        for text in ["2026-12-01", "2026-12-01T08:00:00+01:00"] {
            assert_eq!(to_the_minute(text), None);
        }
    }

    #[test]
    fn a_gtin_has_its_check_digit() {
        for (text, is_one) in [
            ("4006381333931", true),
            ("4006381333930", false),
            ("96385074", true),
            ("036000291452", true),
            ("LMP-1", false),
            ("", false),
        ] {
            assert_eq!(is_gtin(text), is_one, "{text}");
        }
    }
}
