//! `/admin/products/pictures`: pictures that could not be fetched from where products name them.

use axum::extract::Query;
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminPictureFailures, AdminPicturesRetry, admin_picture_failures as document,
        admin_pictures_retry as retry_document,
    },
    shown::value,
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told.done, None).await
}

/// `POST /admin/products/pictures`: all of them are tried again.
pub async fn retry(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let input = retry_document::ProductPicturesRetryInput { product_id: None };
    let refusals = deed::run(&staff, AdminPicturesRetry, retry_document::Variables { input }).await?;
    match Refused::any(&staff, "retry", &form, &refusals) {
        Some(refused) => page(staff, "", Some(refused)).await,
        None => Ok(staff.visit.go("/admin/products/pictures?done=retry")),
    }
}

async fn page(staff: Staff, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let asked = Asked::read(&staff.visit, &[]);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminPictureFailures, variables).await?;
    let shown = context! {
        failures => value(&data.picture_import_failures),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.pictures.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/picture_failures/page.html", shown)
}
