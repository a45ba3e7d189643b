//! What a draft must be before it is saved: pure, and complete in one pass, so that whoever wrote
//! it learns of all faults at once.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    super::{
        draft::{PictureDraft, ProductDraft, VariantDraft},
        slug::is_slug,
    },
    faults::{Faults, amount, description, tags},
};
use crate::{ErrorCode, Refusal, inventory::ON_HAND_MAX, text};

/// The most variants of one product.
const VARIANTS_MAX: usize = 2_048;
const OPTIONS_MAX: usize = 3;
const ATTRIBUTES_MAX: usize = 100;
const PICTURES_MAX: usize = 250;
const WEIGHT_GRAMS_MAX: i32 = 1_000_000_000;

/// The draft in its normal form, its HTML sanitised.
///
/// # Errors
/// Every fault, each with the path of its field.
pub(in crate::catalog) fn check(draft: &ProductDraft) -> Result<ProductDraft, Vec<Refusal>> {
    let mut draft = draft.clone();
    let mut faults = Faults::default();
    check_head(&mut draft, &mut faults);
    check_lists(&mut draft, &mut faults);
    check_options(&mut draft, &mut faults);
    check_variants(&mut draft, &mut faults);
    check_pictures(&mut draft, &mut faults);
    if faults.0.is_empty() { Ok(draft) } else { Err(faults.0) }
}

fn check_head(draft: &mut ProductDraft, faults: &mut Faults) {
    faults.line(&["slug"], &mut draft.slug, 200);
    check_slug(&["slug"], &draft.slug, faults);
    faults.line(&["title"], &mut draft.title, 255);
    faults.optional(&["vendor"], &mut draft.vendor, 255);
    faults.optional(&["category"], &mut draft.category, 200);
    if let Some(category) = &draft.category {
        check_slug(&["category"], category, faults);
    }
    faults.optional(&["categoryName"], &mut draft.category_name, 255);
    faults.optional(&["seoTitle"], &mut draft.seo_title, 255);
    match text::optional_paragraph(&["seoDescription"], draft.seo_description.as_deref(), 1_000) {
        Ok(normal) => draft.seo_description = normal,
        Err(refusal) => faults.0.push(refusal),
    }
    draft.description_html = description(&draft.description_html, faults);
}

fn check_slug(field: &[&str], slug: &str, faults: &mut Faults) {
    if !slug.is_empty() && !is_slug(slug) {
        let message = format!("`{slug}` cannot stand in an address: use lower-case letters, digits and hyphens.");
        faults.refuse(field, message);
    }
}

fn check_lists(draft: &mut ProductDraft, faults: &mut Faults) {
    draft.tags = tags(&draft.tags, faults);
    faults.at_most("attributes", draft.attributes.len(), ATTRIBUTES_MAX);
    for (name, value) in draft.attributes.iter_mut().take(ATTRIBUTES_MAX) {
        faults.line(&["attributes", "name"], name, 100);
        faults.line(&["attributes", "value"], value, 255);
    }
    // A set, in the order of the primary key: what is compared and stored has one form.
    draft.attributes = std::mem::take(&mut draft.attributes)
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
}

fn check_options(draft: &mut ProductDraft, faults: &mut Faults) {
    faults.at_most("options", draft.options.len(), OPTIONS_MAX);
    let mut seen = HashSet::new();
    for (index, name) in draft.options.iter_mut().enumerate().take(OPTIONS_MAX) {
        let path = index.to_string();
        faults.line(&["options", &path], name, 100);
        if !seen.insert(name.clone()) {
            faults.refuse(&["options", &path], format!("The option `{name}` is there twice."));
        }
    }
}

fn check_variants(draft: &mut ProductDraft, faults: &mut Faults) {
    match draft.variants.len() {
        0 => faults.refuse(&["variants"], "A product needs at least one variant."),
        count => faults.at_most("variants", count, VARIANTS_MAX),
    }
    let option_count = draft.options.len();
    let (mut skus, mut choices) = (HashMap::new(), HashMap::new());
    for (index, variant) in draft.variants.iter_mut().enumerate().take(VARIANTS_MAX) {
        let path = index.to_string();
        check_variant(variant, &path, option_count, faults);
        if let Some(first) = skus.insert(variant.sku.clone(), index) {
            let message = format!(
                "The SKU `{}` is that of variant {first}, too: each needs its own.",
                variant.sku
            );
            faults
                .0
                .push(Refusal::new(ErrorCode::Taken, message).at(&["variants", &path, "sku"]));
        }
        if let Some(first) = choices.insert(variant.option_values.clone(), index) {
            let message = format!(
                "Variants {first} and {index} have the same option values: a shopper could not tell them apart."
            );
            faults.refuse(&["variants", &path, "optionValues"], message);
        }
    }
}

fn check_variant(variant: &mut VariantDraft, path: &str, option_count: usize, faults: &mut Faults) {
    let field = |name| ["variants", path, name];
    faults.line(&field("sku"), &mut variant.sku, 100);
    if variant.option_values.len() != option_count {
        let message = format!(
            "The variant needs {option_count} option values, one an option; it has {}.",
            variant.option_values.len()
        );
        faults.refuse(&field("optionValues"), message);
    }
    for value in &mut variant.option_values {
        faults.line(&field("optionValues"), value, 255);
    }
    amount(&field("price"), variant.price_minor, faults);
    if let Some(minor) = variant.compare_at_minor {
        amount(&field("compareAt"), minor, faults);
    }
    if variant
        .on_hand
        .is_some_and(|on_hand| !(0..=ON_HAND_MAX).contains(&on_hand))
    {
        faults.refuse(
            &field("onHand"),
            format!("Stock must be between 0 and {ON_HAND_MAX} units."),
        );
    }
    if !(0..=WEIGHT_GRAMS_MAX).contains(&variant.weight_grams) {
        faults.refuse(
            &field("weightGrams"),
            format!("A weight must be between 0 and {WEIGHT_GRAMS_MAX} grams."),
        );
    }
    if variant.low_stock_threshold.is_some_and(|threshold| threshold < 0) {
        faults.refuse(
            &field("lowStockThreshold"),
            "The low-stock threshold must not be negative.",
        );
    }
    faults.optional(&field("taxCategory"), &mut variant.tax_category, 100);
    faults.optional(&field("barcode"), &mut variant.barcode, 100);
    faults.optional(&field("picture"), &mut variant.picture, 2_048);
}

fn check_pictures(draft: &mut ProductDraft, faults: &mut Faults) {
    faults.at_most("pictures", draft.pictures.len(), PICTURES_MAX);
    for (index, picture) in draft.pictures.iter_mut().enumerate().take(PICTURES_MAX) {
        check_picture(picture, &index.to_string(), faults);
    }
    let sources: HashSet<&str> = draft.pictures.iter().map(|picture| picture.source.as_str()).collect();
    for (index, variant) in draft.variants.iter().enumerate() {
        if variant
            .picture
            .as_deref()
            .is_some_and(|source| !sources.contains(source))
        {
            let field = ["variants", &index.to_string(), "picture"];
            faults.refuse(&field, "The variant's picture is not among the product's pictures.");
        }
    }
}

fn check_picture(picture: &mut PictureDraft, path: &str, faults: &mut Faults) {
    let field = ["pictures", path, "source"];
    faults.line(&field, &mut picture.source, 2_048);
    if !is_picture_source(&picture.source) {
        faults.refuse(
            &field,
            "A picture's source is an address that begins with `https://` or `http://`, or a path of this shop.",
        );
    }
    let mut alt = Some(std::mem::take(&mut picture.alt));
    faults.optional(&["pictures", path, "alt"], &mut alt, 512);
    picture.alt = alt.unwrap_or_default();
}

/// A web address, or a path that this server serves.
fn is_picture_source(source: &str) -> bool {
    let own_path = source.starts_with('/') && !source.starts_with("//") && !source.contains("..");
    let plain = !source.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\'));
    plain && (own_path || is_web_address(source))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ProductDraft {
        ProductDraft {
            slug: "oak-chair".into(),
            title: "Oak chair".into(),
            options: vec!["Color".into()],
            variants: vec![variant("CHAIR-OAK", "Oak"), variant("CHAIR-ASH", "Ash")],
            active: true,
            ..ProductDraft::default()
        }
    }

    fn variant(sku: &str, value: &str) -> VariantDraft {
        VariantDraft {
            sku: sku.into(),
            option_values: vec![value.into()],
            price_minor: 100,
            ..VariantDraft::default()
        }
    }

    fn paths(draft: &ProductDraft) -> Vec<String> {
        check(draft)
            .expect_err("faults")
            .iter()
            .map(|refusal| refusal.field.join("."))
            .collect()
    }

    #[test]
    fn a_good_draft_is_normalised_and_its_html_sanitised() {
        let mut draft = draft();
        draft.title = " Oak chair ".into();
        draft.tags = vec!["new".into(), " new".into(), "".into()];
        draft.description_html =
            "<p onclick=\"x()\">Hi<script>alert(1)</script> <a href=\"javascript:x\">a</a></p>".into();
        let checked = check(&draft).expect("good");
        assert_eq!(
            (checked.title.as_str(), checked.tags.as_slice()),
            ("Oak chair", ["new".to_owned()].as_slice())
        );
        assert!(!checked.description_html.contains("script") && !checked.description_html.contains("onclick"));
    }

    #[test]
    fn every_fault_is_named_with_its_path() {
        let mut bad = draft();
        bad.slug = "Oak Chair".into();
        bad.title = String::new();
        bad.variants[1].sku = "CHAIR-OAK".into();
        bad.variants[1].option_values = vec!["Oak".into()];
        bad.variants[0].price_minor = -1;
        bad.variants[0].on_hand = Some(ON_HAND_MAX + 1);
        bad.variants[0].picture = Some("/elsewhere.svg".into());
        bad.pictures.push(PictureDraft {
            source: "javascript:alert(1)".into(),
            alt: String::new(),
        });
        let expected = [
            "slug",
            "title",
            "variants.0.price",
            "variants.0.onHand",
            "variants.1.sku",
            "variants.1.optionValues",
            "pictures.0.source",
            "variants.0.picture",
        ];
        assert_eq!(paths(&bad), expected);
    }

    #[test]
    fn the_number_of_option_values_must_fit() {
        let mut bad = draft();
        bad.options.push("Size".into());
        assert_eq!(paths(&bad), ["variants.0.optionValues", "variants.1.optionValues"]);
        bad.variants.clear();
        assert_eq!(paths(&bad), ["variants"]);
    }

    #[test]
    fn pictures_come_from_the_web_or_from_here() {
        for source in ["https://example.com/a.jpg", "HTTP://example.com/a", "/pictures/a.svg"] {
            assert!(is_picture_source(source), "{source}");
        }
        for source in [
            "//evil.example/a",
            "/../etc/passwd",
            "ftp://a/b",
            "https://",
            "data:image/png,x",
            "https://a/\"x",
            "é",
        ] {
            assert!(!is_picture_source(source), "{source}");
        }
    }
}
