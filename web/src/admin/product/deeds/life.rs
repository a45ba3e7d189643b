//! A product that goes, one that comes back, and a copy of one.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminProductDelete, AdminProductDuplicate, AdminProductRestore, admin_product_delete as delete_document,
        admin_product_duplicate as duplicate_document, admin_product_restore as restore_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::Form,
};

pub async fn delete(staff: &Staff, id: String, form: &Form) -> Outcome {
    let input = delete_document::ProductDeleteInput {
        expected_version: version(form),
        id,
    };
    deed::run(staff, AdminProductDelete, delete_document::Variables { input }).await
}

/// The copy's id.
pub async fn duplicate(staff: &Staff, id: String) -> Result<Result<String, Vec<Refusal>>, Problem> {
    let input = duplicate_document::ProductDuplicateInput {
        id,
        slug: None,
        title: None,
    };
    let variables = duplicate_document::Variables { input };
    let data = staff.visit.ask(AdminProductDuplicate, variables).await?;
    let payload = data.product_duplicate.ok_or(Problem::Broken)?;
    Ok(payload
        .product
        .map(|product| product.id)
        .ok_or_else(|| refusals(&payload.user_errors)))
}

pub async fn restore(staff: &Staff, id: String) -> Outcome {
    let input = restore_document::ProductRestoreInput { id, slug: None };
    deed::run(staff, AdminProductRestore, restore_document::Variables { input }).await
}
