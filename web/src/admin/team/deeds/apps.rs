//! Programs that work here, and their keys.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::id,
    },
    documents::{
        AdminAppCreate, AdminAppRevoke, admin_app_create as create_document, admin_app_revoke as revoke_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::Form,
};

/// Gives the key, which nobody can show again.
pub async fn create(staff: &Staff, form: &Form) -> Result<(Option<String>, Vec<Refusal>), Problem> {
    let permissions = form.all("permission").into_iter();
    let input = create_document::AppCreateInput {
        expires_at: None,
        name: form.text("name").to_owned(),
        permissions: permissions.map(create_document::Permission::Other).collect(),
    };
    let data = staff
        .visit
        .ask(AdminAppCreate, create_document::Variables { input })
        .await?;
    let answered = data.app_create.ok_or(Problem::Broken)?;
    Ok((answered.key, refusals(&answered.user_errors)))
}

pub async fn revoke(staff: &Staff, form: &Form) -> Outcome {
    let input = revoke_document::AppRevokeInput { id: id(form)? };
    deed::run(staff, AdminAppRevoke, revoke_document::Variables { input }).await
}
