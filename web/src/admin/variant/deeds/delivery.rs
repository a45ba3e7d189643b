//! How a variant is delivered, what shows it, and what becomes of an order for more than lies in stock.

use std::collections::BTreeMap;

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, nulls, version},
    },
    documents::{
        AdminVariant, AdminVariantAmounts, AdminVariantDelivery, AdminVariantPicture, AdminVariantPolicy,
        admin_variant as document, admin_variant_amounts as amounts_document,
        admin_variant_delivery as delivery_document, admin_variant_picture as picture_document,
        admin_variant_policy as policy_document, admin_variant_policy::OutOfStockPolicy,
    },
    problem::Problem,
    visit::Form,
};

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 2] = ["shippingClass", "taxCategory"];

/// Between which amounts the buyer of a gift card may choose; none of them where its price is what it costs.
pub async fn set_amounts(staff: &Staff, id: String, form: &Form) -> Outcome {
    let amounts = match (form.amount("minimum"), form.amount("maximum"), form.amount("step")) {
        (None, None, None) => None,
        (minimum, maximum, step) => Some(amounts_document::GiftCardAmountsInput {
            maximum: maximum.unwrap_or_default(),
            minimum: minimum.unwrap_or_default(),
            step,
        }),
    };
    let empty = match &amounts {
        None => vec!["/input/variants/0/giftCardAmounts".to_owned()],
        Some(_) => Vec::new(),
    };
    let variant = amounts_document::VariantUpdateInput {
        active: None,
        barcode: None,
        compare_at: None,
        gift_card: None,
        gift_card_amounts: amounts,
        id,
        low_stock_threshold: None,
        options: None,
        price: None,
        requires_shipping: None,
        shipping_class: None,
        sku: None,
        tax_category: None,
        unit_price_measurement: None,
        weight_grams: None,
    };
    let input = amounts_document::VariantsUpdateInput {
        expected_version: version(form),
        product_id: form.some("productId").ok_or(Problem::BadForm)?,
        variants: vec![variant],
    };
    let variables = amounts_document::Variables { input };
    deed::run_with_nulls(staff, AdminVariantAmounts, variables, &empty).await
}

pub async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let variant = delivery_document::VariantUpdateInput {
        active: None,
        barcode: None,
        compare_at: None,
        gift_card: None,
        gift_card_amounts: None,
        id,
        low_stock_threshold: None,
        options: None,
        price: None,
        requires_shipping: Some(form.field("isDigital").is_none()),
        shipping_class: form.some("shippingClass"),
        sku: None,
        tax_category: form.some("taxCategory"),
        unit_price_measurement: None,
        weight_grams: None,
    };
    let empty = nulls(form, &REMOVABLE);
    let empty: Vec<_> = empty
        .iter()
        .map(|pointer| pointer.replacen("/input/", "/input/variants/0/", 1))
        .collect();
    let input = delivery_document::VariantsUpdateInput {
        expected_version: version(form),
        product_id: form.some("productId").ok_or(Problem::BadForm)?,
        variants: vec![variant],
    };
    deed::run_with_nulls(
        staff,
        AdminVariantDelivery,
        delivery_document::Variables { input },
        &empty,
    )
    .await
}

/// One of the product's pictures. The first needs not be told: a variant that has none of its own is shown by it. Of any other
/// all variants are told that it shows, without the one that leaves it, and with the one that comes.
pub async fn show_by(staff: &Staff, id: String, form: &Form) -> Outcome {
    let variables = document::Variables {
        id: id.clone(),
        settings: false,
    };
    let data = staff.visit.ask(AdminVariant, variables).await?;
    let variant = data.variant.as_ref().ok_or(Problem::NotFound)?;
    let product = &variant.product;
    let mut shown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for other in product.all_variants.iter().flatten().filter(|other| other.id != id) {
        if let Some(picture) = &other.picture {
            shown.entry(picture.id.clone()).or_default().push(other.id.clone());
        }
    }
    let first = product.pictures.first().map(|picture| picture.id.clone());
    let (before, now) = (
        variant.picture.as_ref().map(|picture| picture.id.clone()),
        form.some("pictureId"),
    );
    if let Some(now) = &now {
        shown.entry(now.clone()).or_default().push(id);
    }
    let is_told = before != now;
    let changed = before
        .into_iter()
        .chain(now)
        .filter(|picture| is_told && Some(picture) != first.as_ref());
    let pictures = changed.map(|picture| picture_document::ProductPictureUpdateInput {
        alt_text: None,
        variant_ids: Some(shown.remove(&picture).unwrap_or_default()),
        id: picture,
    });
    let pictures: Vec<_> = pictures.collect();
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let input = picture_document::ProductPicturesUpdateInput {
        pictures,
        expected_version: version(form),
        product_id: product.id.clone(),
    };
    deed::run(staff, AdminVariantPicture, picture_document::Variables { input }).await
}

pub async fn set_policy(staff: &Staff, variant_id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let (promise_days, unit_limit) = (typed.number("promiseDays"), typed.number("unitLimit"));
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let policy = match form.text("policy") {
        "REFUSE" => OutOfStockPolicy::Refuse,
        "BACKORDER" => OutOfStockPolicy::Backorder,
        "PRE_ORDER" => OutOfStockPolicy::PreOrder,
        _ => return Err(Problem::BadForm),
    };
    let input = policy_document::InventoryPolicySetInput {
        expected_version: version(form),
        policy,
        promise_date: form.some("promiseDate"),
        promise_days,
        tracked: form.field("untracked").is_none(),
        unit_limit,
        variant_id,
    };
    deed::run(staff, AdminVariantPolicy, policy_document::Variables { input }).await
}
