//! What roles may do. Permissions go as the form has them: what the API does not know it refuses.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{id, version},
    },
    documents::{
        AdminRoleChange, AdminRoleCreate, AdminRoleDelete, admin_role_change as change_document,
        admin_role_create as create_document, admin_role_delete as delete_document,
    },
    visit::Form,
};

pub async fn create(staff: &Staff, form: &Form) -> Outcome {
    let permissions = form.all("permission").into_iter();
    let input = create_document::RoleCreateInput {
        handle: None,
        name: form.text("name").to_owned(),
        permissions: permissions.map(create_document::Permission::Other).collect(),
        two_factor_required: form.some("twoFactorRequired").is_some(),
    };
    deed::run(staff, AdminRoleCreate, create_document::Variables { input }).await
}

pub async fn change(staff: &Staff, form: &Form) -> Outcome {
    let permissions = form.all("permission").into_iter();
    let input = change_document::RoleUpdateInput {
        expected_version: version(form),
        handle: None,
        id: id(form)?,
        name: form.some("name"),
        permissions: Some(permissions.map(change_document::Permission::Other).collect()),
        two_factor_required: Some(form.some("twoFactorRequired").is_some()),
    };
    deed::run(staff, AdminRoleChange, change_document::Variables { input }).await
}

pub async fn delete(staff: &Staff, form: &Form) -> Outcome {
    let input = delete_document::RoleDeleteInput {
        expected_version: version(form),
        id: id(form)?,
    };
    deed::run(staff, AdminRoleDelete, delete_document::Variables { input }).await
}
