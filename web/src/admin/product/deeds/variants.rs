//! The grid of a product's variants, and the options that tell them apart. A field of the grid is called by the variant's
//! id and its own name: `var_….price`.

use crate::{
    admin::{
        deed::{self, Outcome},
        product::missing,
        staff::Staff,
        typed::{Typed, version},
    },
    documents::{
        AdminProduct, AdminVariantAdd, AdminVariants, AdminVariantsDelete, AdminVariantsRestore,
        admin_product as product_document, admin_variant_add as add_document, admin_variants as document,
        admin_variants_delete as delete_document, admin_variants_restore as restore_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::{Form, amount},
};

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 4] = ["barcode", "compareAt", "lowStockThreshold", "price"];

pub async fn save(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let ids = form.all("row");
    let wrong = wrong(form, &ids);
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let mut nulls = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let empty = REMOVABLE
            .iter()
            .filter(|name| form.text(&format!("{id}.{name}")).is_empty());
        nulls.extend(empty.map(|name| format!("/input/variants/{index}/{name}")));
    }
    let input = document::VariantsUpdateInput {
        expected_version: version(form),
        product_id,
        variants: ids.into_iter().map(|id| row(id, form)).collect(),
    };
    deed::run_with_nulls(staff, AdminVariants, document::Variables { input }, &nulls).await
}

/// All fields that cannot be read: the API would name the first alone, and a number that is none would be left out.
fn wrong(form: &Form, ids: &[String]) -> Vec<Refusal> {
    let mut typed = Typed::of(form);
    let mut wrong = Vec::new();
    for id in ids {
        let field = |name: &str| format!("{id}.{name}");
        if form.field(&field("sku")).is_some_and(|sku| sku.trim().is_empty()) {
            wrong.push(Refusal::at("REQUIRED", &field("sku")));
        }
        for name in ["price", "compareAt"].map(field) {
            if form.amount(&name).is_some_and(|amount| !is_amount(&amount)) {
                wrong.push(Refusal::at("INVALID_AMOUNT", &name));
            }
        }
        for name in ["weightGrams", "lowStockThreshold"].map(field) {
            typed.number(&name);
        }
    }
    wrong.extend(typed.wrong());
    wrong
}

fn is_amount(text: &str) -> bool {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty() && is_number(whole) && is_number(rest)
}

fn row(id: String, form: &Form) -> document::VariantUpdateInput {
    let field = |name: &str| form.some(&format!("{id}.{name}"));
    document::VariantUpdateInput {
        active: Some(field("active").is_some()),
        barcode: field("barcode"),
        compare_at: field("compareAt").map(|text| amount(&text)),
        gift_card: Some(field("giftCard").is_some()),
        gift_card_amounts: None,
        low_stock_threshold: field("lowStockThreshold").and_then(|text| text.parse().ok()),
        options: None,
        price: field("price").map(|text| amount(&text)),
        requires_shipping: None,
        shipping_class: None,
        sku: field("sku"),
        tax_category: None,
        unit_price_measurement: None,
        weight_grams: field("weightGrams").and_then(|text| text.parse().ok()),
        id,
    }
}

/// A value for each option: `option.Color`.
pub async fn add(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let options: Vec<_> = form
        .pairs()
        .filter_map(|(name, text)| {
            Some(add_document::SelectedOptionInput {
                name: name.strip_prefix("option.")?.to_owned(),
                value: text.trim().to_owned(),
            })
        })
        .collect();
    create(staff, product_id, form, vec![options]).await
}

/// All those that the options allow and that are not there yet, at one price.
pub async fn make_missing(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let variables = product_document::Variables { id: product_id.clone() };
    let data = staff.visit.ask(AdminProduct, variables).await?;
    let product = data.product.as_ref().ok_or(Problem::NotFound)?;
    let option = |(name, value)| add_document::SelectedOptionInput { name, value };
    let variants = missing::variants(product).into_iter();
    let variants: Vec<Vec<_>> = variants.map(|pairs| pairs.into_iter().map(option).collect()).collect();
    match variants.is_empty() {
        // Somebody has made them meanwhile.
        true => Ok(Vec::new()),
        false => create(staff, product_id, form, variants).await,
    }
}

/// What the form says of price and stock goes for each of them; each is told apart by its options.
async fn create(
    staff: &Staff,
    product_id: String,
    form: &Form,
    variants: Vec<Vec<add_document::SelectedOptionInput>>,
) -> Outcome {
    let mut typed = Typed::of(form);
    let on_hand = typed.number("onHand");
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let variant = |options| add_document::VariantCreateInput {
        active: true,
        barcode: None,
        compare_at: None,
        gift_card: None,
        gift_card_amounts: None,
        low_stock_threshold: None,
        on_hand,
        options: Some(options),
        price: form.amount("price"),
        requires_shipping: form.field("isDigital").is_none(),
        shipping_class: None,
        sku: form.some("sku"),
        tax_category: None,
        unit_price_measurement: None,
        weight_grams: None,
    };
    let input = add_document::VariantsCreateInput {
        expected_version: version(form),
        product_id,
        variants: variants.into_iter().map(variant).collect(),
    };
    deed::run(staff, AdminVariantAdd, add_document::Variables { input }).await
}

pub async fn delete(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let input = delete_document::VariantsDeleteInput {
        expected_version: version(form),
        product_id,
        variant_ids: form.all("variant"),
    };
    deed::run(staff, AdminVariantsDelete, delete_document::Variables { input }).await
}

pub async fn restore(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let input = restore_document::VariantsRestoreInput {
        expected_version: None,
        product_id,
        variant_ids: form.all("variant"),
    };
    deed::run(staff, AdminVariantsRestore, restore_document::Variables { input }).await
}
