//! Files that are sold with a variant.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{id, version},
    },
    documents::{
        AdminVariantFileDelete, AdminVariantFileRestore, admin_variant_file_delete as delete_document,
        admin_variant_file_restore as restore_document,
    },
    visit::Form,
};

pub async fn delete(staff: &Staff, form: &Form) -> Outcome {
    let input = delete_document::VariantFileDeleteInput {
        expected_version: version(form),
        id: id(form)?,
    };
    deed::run(staff, AdminVariantFileDelete, delete_document::Variables { input }).await
}

pub async fn restore(staff: &Staff, form: &Form) -> Outcome {
    let input = restore_document::VariantFileRestoreInput { id: id(form)? };
    deed::run(staff, AdminVariantFileRestore, restore_document::Variables { input }).await
}
