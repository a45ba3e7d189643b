//! `/admin/drafts/{id}`: an order that staff put together: goods, prices, for whom, how it is sent, and what becomes of it.

mod deeds;

use std::collections::HashMap;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    countries,
    deed::{self, Refused},
    drafts::PATH,
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminDraft, admin_draft as document},
    problem::Problem,
    shown::value,
};

/// `?q=` looks for goods to put in.
pub async fn show(staff: Staff, Path(id): Path<String>, Query(asked): Query<HashMap<String, String>>) -> Answer {
    let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    page(staff, id, text("q"), text("done"), None).await
}

/// `POST /admin/drafts/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let done = deeds::run(&staff, &id, &deed, &form).await?;
    let Some(refused) = Refused::any(&staff, &deed, &form, &done.refusals) else {
        let told = match (&*deed, done.leads_to) {
            (_, Some(elsewhere)) => elsewhere,
            ("delete", _) => format!("{PATH}?done=delete&undo={id}"),
            _ => format!("{PATH}/{id}?done={deed}"),
        };
        return Ok(staff.visit.go(&told));
    };
    page(staff, id, "", "", Some(refused)).await
}

async fn page(staff: Staff, id: String, query: &str, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let variables = document::Variables {
        id,
        query: query.to_owned(),
        searches: !query.trim().is_empty(),
    };
    let data = staff.visit.ask(AdminDraft, variables).await?;
    let draft = data.draft_order.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        draft => value(draft),
        found => value(&data.product_search),
        query,
        shop => value(&data.shop),
        countries => value(&countries::all(&staff).await?),
        done => deed::done(&staff, "admin.drafts.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/draft/page.html", shown)
}
