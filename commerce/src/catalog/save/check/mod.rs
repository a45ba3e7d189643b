//! What a draft must be before it is saved: pure, and complete in one pass, so that whoever wrote
//! it learns of everything at once.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::{
    ErrorCode, Refusal,
    catalog::{
        draft::{Part, PictureDraft, ProductDraft, VariantDraft},
        fields::{Refusals, amount, description, tags},
        slug::is_slug,
    },
    inventory::ON_HAND_MAX,
    language::messages,
    media::address::MediaAddress,
    metafields::{IMPORTED_MAX, is_importable},
};

/// The most variants of one product.
const VARIANTS_MAX: usize = 2_048;
pub(in crate::catalog) const OPTIONS_MAX: usize = 3;
const ATTRIBUTES_MAX: usize = 100;
pub(in crate::catalog) const PICTURES_MAX: usize = 250;
pub(in crate::catalog) const WEIGHT_GRAMS_MAX: i32 = 1_000_000_000;

/// The draft in its normal form, its HTML sanitised.
///
/// # Errors
/// Refuses everything that is wrong, each with the path of its field.
pub(in crate::catalog) fn check(draft: &ProductDraft) -> Result<ProductDraft, Vec<Refusal>> {
    let mut draft = draft.clone();
    let mut refusals = Refusals::default();
    check_head(&mut draft, &mut refusals);
    check_lists(&mut draft, &mut refusals);
    check_options(&mut draft, &mut refusals);
    check_variants(&mut draft, &mut refusals);
    check_pictures(&mut draft, &mut refusals);
    check_metafields(&draft, &mut refusals);
    refusals.any().map(|()| draft)
}

fn check_head(draft: &mut ProductDraft, refusals: &mut Refusals) {
    refusals.line(&["slug"], &mut draft.slug, 200);
    check_slug(&["slug"], &draft.slug, refusals);
    refusals.line(&["title"], &mut draft.title, 255);
    refusals.optional(&["vendor"], &mut draft.vendor, 255);
    refusals.optional(&["category"], &mut draft.category, 200);
    if let Some(category) = &draft.category {
        check_slug(&["category"], category, refusals);
    }
    refusals.optional(&["categoryName"], &mut draft.category_name, 255);
    for name in &mut draft.category_path {
        refusals.line(&["category"], name, 255);
    }
    refusals.optional(&["seoTitle"], &mut draft.seo_title, 255);
    refusals.optional_paragraph(&["seoDescription"], &mut draft.seo_description, 1_000);
    draft.description_html = description(&draft.description_html, refusals);
}

fn check_slug(field: &[&str], slug: &str, refusals: &mut Refusals) {
    if !slug.is_empty() && !is_slug(slug) {
        let message = messages::slug_not_for_addresses(slug);
        refusals.refuse(field, message);
    }
}

fn check_lists(draft: &mut ProductDraft, refusals: &mut Refusals) {
    draft.tags = tags(&draft.tags, refusals);
    draft.attributes = check_attributes(std::mem::take(&mut draft.attributes), refusals);
}

/// Named values as a set, in the order of the primary key: what is compared and stored has one form.
pub(in crate::catalog) fn check_attributes(
    mut attributes: Vec<(String, String)>,
    refusals: &mut Refusals,
) -> Vec<(String, String)> {
    refusals.at_most("attributes", attributes.len(), ATTRIBUTES_MAX);
    for (name, value) in attributes.iter_mut().take(ATTRIBUTES_MAX) {
        refusals.line(&["attributes", "name"], name, 100);
        refusals.line(&["attributes", "value"], value, 255);
    }
    attributes.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

fn check_options(draft: &mut ProductDraft, refusals: &mut Refusals) {
    refusals.at_most("options", draft.options.len(), OPTIONS_MAX);
    let mut seen = HashSet::new();
    for (index, name) in draft.options.iter_mut().enumerate().take(OPTIONS_MAX) {
        let path = index.to_string();
        refusals.line(&["options", &path], name, 100);
        if !seen.insert(name.clone()) {
            refusals.refuse(&["options", &path], messages::option_named_twice(&*name));
        }
    }
}

fn check_variants(draft: &mut ProductDraft, refusals: &mut Refusals) {
    match draft.variants.len() {
        0 => refusals.refuse(&["variants"], messages::product_needs_variant()),
        count => refusals.at_most("variants", count, VARIANTS_MAX),
    }
    let option_count = draft.options.len();
    // Else those that are there keep theirs.
    let tells_options = !draft.untold.contains(&Part::Options);
    let (mut skus, mut choices) = (HashMap::new(), HashMap::new());
    for (index, variant) in draft.variants.iter_mut().enumerate().take(VARIANTS_MAX) {
        let path = index.to_string();
        check_variant(variant, &path, option_count, refusals);
        if let Some(first) = skus.insert(variant.sku.clone(), index) {
            let message = messages::sku_of_earlier_variant(&variant.sku, first + 1);
            refusals
                .0
                .push(Refusal::new(ErrorCode::Taken, message).at(&["variants", &path, "sku"]));
        }
        if let Some(first) = choices
            .insert(variant.option_values.clone(), index)
            .filter(|_| tells_options)
        {
            let message = messages::drafts_alike(first + 1, index + 1);
            refusals.refuse(&["variants", &path, "optionValues"], message);
        }
    }
}

fn check_variant(variant: &mut VariantDraft, path: &str, option_count: usize, refusals: &mut Refusals) {
    let field = |name| ["variants", path, name];
    refusals.line(&field("sku"), &mut variant.sku, 100);
    if variant.option_values.len() != option_count {
        let message = messages::draft_option_values(option_count, variant.option_values.len());
        refusals.refuse(&field("optionValues"), message);
    }
    for value in &mut variant.option_values {
        refusals.line(&field("optionValues"), value, 255);
    }
    amount(&field("price"), variant.price_minor, refusals);
    if let Some(minor) = variant.compare_at_minor {
        amount(&field("compareAt"), minor, refusals);
    }
    if variant
        .on_hand
        .is_some_and(|on_hand| !(0..=ON_HAND_MAX).contains(&on_hand))
    {
        refusals.refuse(&field("onHand"), messages::stock_range(ON_HAND_MAX));
    }
    if !(0..=WEIGHT_GRAMS_MAX).contains(&variant.weight_grams) {
        refusals.refuse(&field("weightGrams"), messages::weight_range(WEIGHT_GRAMS_MAX));
    }
    if variant.low_stock_threshold.is_some_and(|threshold| threshold < 0) {
        refusals.refuse(&field("lowStockThreshold"), messages::threshold_not_negative());
    }
    if variant.gift_card == Some(false) && matches!(variant.gift_card_amounts, Some(Some(_))) {
        refusals.refuse(&field("giftCardAmounts"), messages::own_amount_needs_gift_card());
    }
    refusals.optional(&field("taxCategory"), &mut variant.tax_category, 100);
    refusals.optional(&field("shippingClass"), &mut variant.shipping_class, 50);
    variant.shipping_class = variant.shipping_class.take().map(|class| class.to_lowercase());
    refusals.optional(&field("barcode"), &mut variant.barcode, 100);
    refusals.optional(&field("picture"), &mut variant.picture, 2_048);
}

fn check_metafields(draft: &ProductDraft, refusals: &mut Refusals) {
    refusals.at_most("metafields", draft.metafields.len(), IMPORTED_MAX);
    for field in draft.metafields.iter().take(IMPORTED_MAX) {
        if !is_importable(&field.namespace, &field.key, &field.value) {
            let message = messages::metafield_not_kept(&field.namespace, &field.key);
            refusals.refuse(&["metafields"], message);
        }
    }
}

fn check_pictures(draft: &mut ProductDraft, refusals: &mut Refusals) {
    refusals.at_most("pictures", draft.pictures.len(), PICTURES_MAX);
    for (index, picture) in draft.pictures.iter_mut().enumerate().take(PICTURES_MAX) {
        check_picture(picture, &index.to_string(), refusals);
    }
    let sources: HashSet<&str> = draft.pictures.iter().map(|picture| picture.source.as_str()).collect();
    for (index, variant) in draft.variants.iter().enumerate() {
        if variant
            .picture
            .as_deref()
            .is_some_and(|source| !sources.contains(source))
        {
            let field = ["variants", &index.to_string(), "picture"];
            refusals.refuse(&field, messages::variant_picture_unknown());
        }
    }
}

fn check_picture(picture: &mut PictureDraft, path: &str, refusals: &mut Refusals) {
    let field = ["pictures", path, "source"];
    refusals.line(&field, &mut picture.source, 2_048);
    if !is_picture_source(&picture.source) {
        refusals.refuse(&field, messages::picture_source_form());
    }
    let mut alt = Some(std::mem::take(&mut picture.alt));
    refusals.optional(&["pictures", path, "alt"], &mut alt, 512);
    picture.alt = alt.unwrap_or_default();
}

/// A web address, or a path that this server serves.
pub(in crate::catalog) fn is_picture_source(source: &str) -> bool {
    let own_path = source.starts_with('/') && !source.starts_with("//") && !source.contains("..");
    let plain = !source.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\'));
    // What lies in the store has one address.
    let is_stored = !source.starts_with("/media/") || MediaAddress::parse(source).is_some();
    plain && is_stored && (own_path || is_web_address(source))
}

/// Whether `source` begins with a web scheme and names a host.
pub(in crate::catalog) fn is_web_address(source: &str) -> bool {
    let after = |scheme: &str| {
        let head = source.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &source[scheme.len()..])
    };
    after("https://")
        .or_else(|| after("http://"))
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}
