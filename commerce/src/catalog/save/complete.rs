//! What a draft does not tell of stays as it is: it is filled in from what is there. Pure.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use vitrine_entity::{picture, product, product::ProductStatus, variant};

use super::existing::Existing;
use crate::catalog::draft::{Part, PictureDraft, ProductDraft, VariantDraft};

/// The draft with all that it does not tell of, as that is now. Its category is the one exception: a draft
/// names it by its slug, the row by its id.
pub(super) fn completed<'a>(draft: &'a ProductDraft, existing: &Existing) -> Cow<'a, ProductDraft> {
    let tells_all = draft.untold.is_empty() && draft.told_attributes.is_none();
    let Some(before) = existing.products.get(&draft.slug).filter(|_| !tells_all) else {
        return Cow::Borrowed(draft);
    };
    let mut draft = draft.clone();
    let pictures = existing.pictures.get(&before.id).map_or(&[][..], Vec::as_slice);
    let is_known = |variant: &VariantDraft| {
        let row = existing.variants.get(&variant.sku);
        row.is_some_and(|row| row.product_id == before.id)
    };
    if !draft.variants.iter().all(is_known) {
        // A new variant has values of options that the file would have to name.
        draft.untold.retain(|part| *part != Part::Options);
    }
    for part in draft.untold.clone() {
        fill(&mut draft, part, before, existing);
        fill_pictures(&mut draft, part, pictures);
    }
    for variant in &mut draft.variants {
        let row = existing.variants.get(&variant.sku);
        if let Some(row) = row.filter(|row| row.product_id == before.id) {
            for part in &draft.untold {
                fill_variant(variant, *part, row, existing, pictures);
            }
        }
    }
    let shown: Vec<_> = draft.pictures.iter().map(|picture| picture.source.clone()).collect();
    for variant in &mut draft.variants {
        variant.picture = variant.picture.take().filter(|source| shown.contains(source));
    }
    if let Some(told) = &draft.told_attributes {
        let before = existing.attributes.get(&before.id).into_iter().flatten();
        draft
            .attributes
            .extend(before.filter(|(name, _)| !told.contains(name)).cloned());
    }
    Cow::Owned(draft)
}

fn fill(draft: &mut ProductDraft, part: Part, before: &product::Model, existing: &Existing) {
    match part {
        Part::Description => draft.description_html.clone_from(&before.description_html),
        Part::Vendor => draft.vendor.clone_from(&before.vendor),
        Part::Tags => draft.tags = list(&before.tags),
        Part::Status => {
            draft.active = before.status == ProductStatus::Active;
            draft.archived = Some(before.status == ProductStatus::Archived);
        }
        Part::SeoTitle => draft.seo_title.clone_from(&before.seo_title),
        Part::SeoDescription => draft.seo_description.clone_from(&before.seo_description),
        Part::Options => {
            let options = existing.options.get(&before.id).into_iter().flatten();
            draft.options = options.map(|option| option.name.clone()).collect();
        }
        _ => {}
    }
}

fn fill_pictures(draft: &mut ProductDraft, part: Part, before: &[picture::Model]) {
    match part {
        Part::Pictures => {
            // A row for each variant that it shows: it is one picture.
            let mut places = Vec::new();
            draft.pictures.clear();
            for row in before.iter().filter(|row| {
                let is_new = !places.contains(&row.position);
                places.push(row.position);
                is_new
            }) {
                draft.pictures.push(PictureDraft {
                    source: row.source.clone(),
                    alt: row.alt.clone(),
                });
            }
        }
        Part::PictureTexts => {
            for picture in &mut draft.pictures {
                if let Some(row) = before.iter().find(|row| row.source == picture.source) {
                    picture.alt.clone_from(&row.alt);
                }
            }
        }
        _ => {}
    }
}

fn fill_variant(
    variant: &mut VariantDraft,
    part: Part,
    before: &variant::Model,
    existing: &Existing,
    pictures: &[picture::Model],
) {
    match part {
        Part::Options => variant.option_values = list(&before.option_values),
        Part::CompareAt => {
            let price = existing.prices.get(&before.id);
            variant.compare_at_minor = price.and_then(|price| price.compare_at_minor);
        }
        Part::Weight => variant.weight_grams = before.weight_grams,
        Part::RequiresShipping => variant.requires_shipping = before.requires_shipping,
        Part::TaxCategory => variant.tax_category.clone_from(&before.tax_category),
        Part::Barcode => variant.barcode.clone_from(&before.barcode),
        Part::LowStockThreshold => variant.low_stock_threshold = before.low_stock_threshold,
        Part::ShippingClass => variant.shipping_class.clone_from(&before.shipping_class),
        Part::VariantPictures => {
            let row = pictures.iter().find(|row| row.variant_id == Some(before.id));
            variant.picture = row.map(|row| row.source.clone());
        }
        _ => {}
    }
}

fn list<T: DeserializeOwned>(json: &serde_json::Value) -> Vec<T> {
    serde_json::from_value(json.clone()).unwrap_or_default()
}
