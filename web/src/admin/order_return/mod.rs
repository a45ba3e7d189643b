//! `/admin/returns/{id}`: the desk of a return: approved or refused, taken in, inspected, paid back.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminReturn, admin_return as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/returns/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let refusals = deeds::run(&staff, id.clone(), &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/returns/{id}?done={deed}"))),
    }
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let places = staff.may(Permission::Inventory) || staff.may(Permission::Settings);
    let data = staff.visit.ask(AdminReturn, document::Variables { id, places }).await?;
    let found = data.found.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        back => value(found),
        policy => value(&data.return_policy),
        locations => value(&data.locations),
        key => staff.visit.site.api().secret(),
        done => deed::done(&staff, "admin.returns.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/order_return/page.html", shown)
}
