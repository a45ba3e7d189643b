//! `/admin/withdrawals/{id}`: what somebody declared, what the rules say of it, and what staff decide.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminWithdrawal, admin_withdrawal as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/withdrawals/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let refusals = deeds::run(&staff, id.clone(), &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/withdrawals/{id}?done={deed}"))),
    }
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let data = staff.visit.ask(AdminWithdrawal, document::Variables { id }).await?;
    let found = data.withdrawal.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        row => value(found),
        statement => value(&found.statement.lines().collect::<Vec<_>>()),
        done => deed::done(&staff, "admin.withdrawals.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/withdrawal/page.html", shown)
}
