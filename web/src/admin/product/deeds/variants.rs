//! The grid of a product's variants, and the options that tell them apart. A field of the grid is called by the variant's
//! id and its own name: `var_….price`.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{texts, version},
    },
    documents::{
        AdminProductOptions, AdminVariantAdd, AdminVariants, AdminVariantsDelete, AdminVariantsRestore,
        admin_product_options as options_document, admin_variant_add as add_document, admin_variants as document,
        admin_variants_delete as delete_document, admin_variants_restore as restore_document,
    },
    visit::{Form, amount},
};

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 4] = ["barcode", "compareAt", "lowStockThreshold", "price"];

pub async fn save(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let ids = form.all("row");
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

fn row(id: String, form: &Form) -> document::VariantUpdateInput {
    let field = |name: &str| form.some(&format!("{id}.{name}"));
    document::VariantUpdateInput {
        active: Some(field("active").is_some()),
        barcode: field("barcode"),
        compare_at: field("compareAt").map(|text| amount(&text)),
        gift_card: Some(field("giftCard").is_some()),
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
    let variant = add_document::VariantCreateInput {
        active: true,
        barcode: None,
        compare_at: None,
        gift_card: None,
        low_stock_threshold: None,
        on_hand: form.text("onHand").parse().ok(),
        options: Some(options),
        price: form.amount("price"),
        requires_shipping: true,
        shipping_class: None,
        sku: form.some("sku"),
        tax_category: None,
        unit_price_measurement: None,
        weight_grams: None,
    };
    let input = add_document::VariantsCreateInput {
        expected_version: version(form),
        product_id,
        variants: vec![variant],
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

/// One option: its name, what it is called from now on, and all its values.
pub async fn save_options(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let value = |value: String| options_document::ProductOptionValueInput {
        new_value: None,
        swatch: None,
        value,
    };
    let new_name = form.some("newName").filter(|new| new != form.text("name"));
    let option = options_document::ProductOptionUpdateInput {
        name: form.text("name").to_owned(),
        new_name,
        values: Some(texts(form.text("values")).into_iter().map(value).collect()),
    };
    let input = options_document::ProductOptionsUpdateInput {
        expected_version: version(form),
        options: vec![option],
        product_id,
    };
    deed::run(staff, AdminProductOptions, options_document::Variables { input }).await
}
