//! `/admin/imports/{id}`: what a file of products would do, or has done, and what is wrong with it.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminImport, AdminImportApply, AdminImportCancel, AdminImportLive, admin_import as document,
        admin_import_apply as apply_document, admin_import_cancel as cancel_document,
        admin_import_live as live_document,
    },
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `GET /admin/imports/{id}/live`: says that it has gone on; the page is read again then.
pub async fn live(staff: Staff, Path(id): Path<String>) -> Answer {
    staff.require(Permission::Catalog)?;
    staff
        .visit
        .follow(AdminImportLive, live_document::Variables { id })
        .await
}

/// `POST /admin/imports/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let refusals = run(&staff, &id, &deed).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/imports/{id}?done={deed}"))),
    }
}

async fn run(staff: &Staff, id: &str, deed: &str) -> Outcome {
    let id = id.to_owned();
    match deed {
        "apply" => {
            let input = apply_document::ProductImportApplyInput { id };
            deed::run(staff, AdminImportApply, apply_document::Variables { input }).await
        }
        "cancel" => {
            let input = cancel_document::ProductImportCancelInput { id };
            deed::run(staff, AdminImportCancel, cancel_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let data = staff.visit.ask(AdminImport, document::Variables { id }).await?;
    let import = data.product_import.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        file => value(import),
        done => deed::done(&staff, "admin.imports.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/import/page.html", shown)
}
