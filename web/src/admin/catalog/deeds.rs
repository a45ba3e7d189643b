//! What is done with a catalog: a document each.

use super::{PICKERS, prices};
use crate::{
    admin::{
        deed::{self, Outcome},
        goods::chosen,
        staff::{Permission, Staff},
        typed::{nulls, version},
    },
    documents::{
        AdminCatalogDelete, AdminCatalogProductAdd, AdminCatalogProductRemove, AdminCatalogSave,
        admin_catalog_delete as delete_document, admin_catalog_product_add as product_add_document,
        admin_catalog_product_remove as product_remove_document, admin_catalog_save as save_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "save" => save(staff, id, form).await,
        "delete" => {
            let expected_version = version(form);
            let input = delete_document::CatalogDeleteInput { expected_version, id };
            deed::run(staff, AdminCatalogDelete, delete_document::Variables { input }).await
        }
        "price" => prices::fix(staff, id, form).await,
        "import" => prices::import(staff, id, form).await,
        "rule" => prices::rule(staff, id, form).await,
        "product-add" => {
            let [_, products] = PICKERS;
            let chosen = match chosen(staff, form, products).await? {
                Ok(chosen) if chosen.is_empty() => return Ok(vec![Refusal::at("NOT_FOUND", products.name)]),
                Ok(chosen) => chosen,
                Err(refusal) => return Ok(vec![refusal]),
            };
            let input = product_add_document::CatalogProductsAddInput {
                exclusive: form.some("exclusive").is_some(),
                id,
                product_ids: chosen.into_iter().map(|chosen| chosen.id).collect(),
            };
            let variables = product_add_document::Variables { input };
            deed::run(staff, AdminCatalogProductAdd, variables).await
        }
        "product-remove" => {
            let product = form.some("product").ok_or(Problem::BadForm)?;
            let input = product_remove_document::CatalogProductsRemoveInput {
                id,
                product_ids: vec![product],
            };
            let variables = product_remove_document::Variables { input };
            deed::run(staff, AdminCatalogProductRemove, variables).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let Some(adjustment) = prices::basis_points(form.text("adjustmentBasisPoints")) else {
        return Ok(vec![Refusal::at("INVALID", "adjustmentBasisPoints")]);
    };
    // Whoever does not see whose it is leaves it so.
    let sees_owners = staff.may(Permission::Customers);
    let input = save_document::CatalogUpdateInput {
        adjustment_basis_points: Some(adjustment),
        company_ids: sees_owners.then(|| form.all("company")),
        currency_code: form.some("currencyCode").map(|code| code.to_uppercase()),
        expected_version: version(form),
        goods: form.some("goods").map(save_document::CatalogGoods::Other),
        group_ids: sees_owners.then(|| form.all("group")),
        id,
        name: Some(form.text("name").to_owned()),
        net_prices: Some(form.some("netPrices").is_some()),
        note: form.some("note"),
    };
    let nulls = nulls(form, &["currencyCode", "note"]);
    let variables = save_document::Variables { input };
    deed::run_with_nulls(staff, AdminCatalogSave, variables, &nulls).await
}
