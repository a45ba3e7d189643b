//! `/admin/variants/{id}`: what a variant has besides its row in the product's grid.

mod deeds;
mod upload;

use axum::extract::{Path, Query};
use minijinja::context;

pub use upload::upload;

use super::{
    attributes,
    deed::{self, Refused, Told, told_at},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminVariant, admin_variant as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told, None).await
}

/// `POST /admin/variants/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, &Told::default(), Some(refused)).await,
        None => Ok(staff.visit.go(&told_at(&format!("/admin/variants/{id}"), &deed, &form))),
    }
}

async fn page(staff: Staff, id: String, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let settings = staff.may(Permission::Settings);
    let data = staff
        .visit
        .ask(AdminVariant, document::Variables { id, settings })
        .await?;
    let variant = data.variant.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        variant => value(variant),
        tax_categories => value(&data.tax_categories),
        attributes => value(&attributes::fields(&variant.attributes, &data.attribute_definitions)),
        done => deed::done(&staff, "admin.variant.done", &told.done),
        undo => told.undo.as_str(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/variant/page.html", shown)
}
