//! The rows that a draft asks for: pure, but for new ids and the time.

use std::collections::BTreeMap;

use serde_json::json;
use vitrine_entity::{
    ids::{CategoryId, PictureId, ProductId, VariantId},
    picture, product,
    product::ProductStatus,
    product_attribute, variant,
};

use super::existing::Existing;
use crate::{
    Shop,
    catalog::{
        attributes::{Definition, normalised},
        draft::{ProductDraft, VariantDraft},
        titles,
    },
};

/// What a variant without options is called.
pub(in crate::catalog) const ONLY_VARIANT: &str = "Default";

/// The product's own row as it should be, its version and stamps as they are.
pub(super) fn head(
    shop: &Shop,
    draft: &ProductDraft,
    category: Option<CategoryId>,
    before: Option<&product::Model>,
) -> product::Model {
    let now = shop.now();
    let status = match before {
        _ if draft.active => ProductStatus::Active,
        _ if draft.archived == Some(true) => ProductStatus::Archived,
        Some(before) if before.status == ProductStatus::Archived && draft.archived.is_none() => ProductStatus::Archived,
        _ => ProductStatus::Draft,
    };
    product::Model {
        id: before.map_or_else(|| ProductId(shop.new_id()), |before| before.id),
        slug: draft.slug.clone(),
        title: draft.title.clone(),
        title_key: titles::key(shop, &draft.title),
        words: titles::words(&draft.title, draft.vendor.as_deref(), &json!(draft.tags)),
        description_html: draft.description_html.clone(),
        vendor: draft.vendor.clone(),
        category_id: category,
        status,
        tags: json!(draft.tags),
        seo_title: draft.seo_title.clone(),
        seo_description: draft.seo_description.clone(),
        version: before.map_or(1, |before| before.version),
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: before.map_or(now, |before| before.updated_at),
        // Its slug names it, so it is not deleted.
        deleted_at: None,
        deleted_slug: None,
        deleted_status: None,
        category_before: before.and_then(|before| before.category_before),
    }
}

pub(super) fn variant_row(
    shop: &Shop,
    product: ProductId,
    index: usize,
    draft: &VariantDraft,
    existing: &Existing,
) -> variant::Model {
    let title = if draft.option_values.is_empty() {
        ONLY_VARIANT.to_owned()
    } else {
        draft.option_values.join(" / ")
    };
    let before = existing.variants.get(&draft.sku);
    let gift_card = draft
        .gift_card
        .unwrap_or_else(|| before.is_some_and(|row| row.gift_card));
    let amounts = draft.gift_card_amounts.clone();
    let amounts = amounts.unwrap_or_else(|| before.and_then(|row| row.gift_card_amounts.clone()));
    variant::Model {
        id: before.map_or_else(|| VariantId(shop.new_id()), |row| row.id),
        product_id: product,
        sku: draft.sku.clone(),
        title,
        option_values: json!(draft.option_values),
        position: index as i32,
        active: !draft.inactive,
        weight_grams: draft.weight_grams,
        requires_shipping: draft.requires_shipping && !gift_card,
        tax_category: match gift_card {
            true => Some(variant::UNTAXED.to_owned()),
            false => draft.tax_category.clone(),
        },
        barcode: draft.barcode.clone(),
        low_stock_threshold: draft.low_stock_threshold,
        shipping_class: draft.shipping_class.clone(),
        // A deleted variant has another SKU, and is found by none.
        deleted_at: None,
        deleted_sku: None,
        deleted_active: None,
        unit_measurement: draft
            .unit_measurement
            .clone()
            .or_else(|| before.and_then(|row| row.unit_measurement.clone())),
        gift_card,
        gift_card_amounts: amounts.filter(|_| gift_card),
    }
}

/// Named values in the form that their definitions give them, as a set in the order of the primary key.
pub(in crate::catalog) fn attribute_rows(
    product_id: ProductId,
    attributes: &[(String, String)],
    definitions: &[Definition],
) -> Vec<product_attribute::Model> {
    let mut rows = BTreeMap::new();
    for (name, value) in attributes {
        let definition = definitions.iter().find(|definition| definition.row.name == *name);
        let (value, number_micro) = normalised(definition, value);
        rows.insert((name.clone(), value), number_micro);
    }
    let row = |((name, value), number_micro)| product_attribute::Model {
        product_id,
        name,
        value,
        number_micro,
        position: 0,
    };
    rows.into_iter().map(row).collect()
}

/// An option's values, each once, in the order in which the variants name them.
pub(super) fn values_of(draft: &ProductDraft, option: usize) -> Vec<&str> {
    let mut values = Vec::new();
    for value in draft
        .variants
        .iter()
        .filter_map(|variant| variant.option_values.get(option))
    {
        if !values.contains(&value.as_str()) {
            values.push(value);
        }
    }
    values
}

/// A row a picture, and where it shows several variants, one for each of them at the same place.
pub(super) fn picture_rows(
    shop: &Shop,
    product: ProductId,
    draft: &ProductDraft,
    variants: &[variant::Model],
) -> Vec<picture::Model> {
    let mut rows = Vec::new();
    for (position, picture) in draft.pictures.iter().enumerate() {
        let first_of_source = draft.pictures.iter().position(|other| other.source == picture.source) == Some(position);
        let shows: Vec<_> = draft
            .variants
            .iter()
            .zip(variants)
            .filter(|(wanted, _)| first_of_source && wanted.picture.as_deref() == Some(&picture.source))
            .map(|(_, row)| Some(row.id))
            .collect();
        let row = |variant_id| picture::Model {
            id: PictureId(shop.new_id()),
            product_id: product,
            variant_id,
            source: picture.source.clone(),
            alt: picture.alt.clone(),
            position: position as i32,
        };
        if shows.is_empty() {
            rows.push(row(None));
        } else {
            rows.extend(shows.into_iter().map(row));
        }
    }
    rows
}
