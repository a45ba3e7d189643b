//! `/admin/content/{id}`: the editor of a page.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminContentPage, AdminPageDelete, AdminPageRestore, AdminPageSave, admin_content_page as document,
        admin_page_delete as delete_document, admin_page_restore as restore_document, admin_page_save as save_document,
    },
    paragraphs::to_html,
    problem::Problem,
    shown::value,
    visit::Form,
};

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 2] = ["seoTitle", "seoDescription"];

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    editor(staff, id, &told.done, None).await
}

/// `POST /admin/content/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Content)?;
    let refusals = run(&staff, id.clone(), &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => editor(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/content/{id}?done={deed}"))),
    }
}

async fn run(staff: &Staff, id: String, deed: &str, form: &Form) -> Outcome {
    let expected_version = form.text("expectedVersion").parse().ok();
    match deed {
        "save" => {
            let input = save_document::PageUpdateInput {
                body_html: Some(to_html(form.text("bodyHtml"))),
                expected_version,
                handle: form.some("handle"),
                id,
                published: Some(form.some("published").is_some()),
                seo_description: form.some("seoDescription"),
                seo_title: form.some("seoTitle"),
                title: Some(form.text("title").to_owned()),
            };
            let nulls = REMOVABLE.iter().filter(|name| form.text(name).is_empty());
            let nulls: Vec<_> = nulls.map(|name| format!("/input/{name}")).collect();
            deed::run_with_nulls(staff, AdminPageSave, save_document::Variables { input }, &nulls).await
        }
        "delete" => {
            let input = delete_document::PageDeleteInput { expected_version, id };
            deed::run(staff, AdminPageDelete, delete_document::Variables { input }).await
        }
        "restore" => {
            let input = restore_document::PageRestoreInput { id };
            deed::run(staff, AdminPageRestore, restore_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn editor(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Content)?;
    let data = staff.visit.ask(AdminContentPage, document::Variables { id }).await?;
    let page = data.page.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.content.done", done);
    let shown = context! { page => value(page), done, refused => value(&refused) };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/content_page/page.html", shown)
}
