//! A product that goes, and one that comes back.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminProductDelete, AdminProductRestore, admin_product_delete as delete_document,
        admin_product_restore as restore_document,
    },
    visit::Form,
};

pub async fn delete(staff: &Staff, id: String, form: &Form) -> Outcome {
    let input = delete_document::ProductDeleteInput {
        expected_version: version(form),
        id,
    };
    deed::run(staff, AdminProductDelete, delete_document::Variables { input }).await
}

pub async fn restore(staff: &Staff, id: String) -> Outcome {
    let input = restore_document::ProductRestoreInput { id, slug: None };
    deed::run(staff, AdminProductRestore, restore_document::Variables { input }).await
}
