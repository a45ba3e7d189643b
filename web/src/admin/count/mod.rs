//! `/admin/counts/{id}`: a count: what was there, and what the books said.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
    written,
};
use crate::{
    answer::Answer,
    documents::{
        AdminCount, AdminCountAbandon, AdminCountApply, AdminCountEnter, admin_count as document,
        admin_count_abandon as abandon_document, admin_count_apply as apply_document,
        admin_count_enter as enter_document,
    },
    problem::Problem,
    refusals::Refusal,
    shown::value,
    visit::Form,
};

/// `differences`: only those lines that differ from the books.
const ASKED: [&str; 1] = ["differences"];

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/counts/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Inventory)?;
    let refusals = run(&staff, id.clone(), &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/counts/{id}?done={deed}"))),
    }
}

async fn run(staff: &Staff, id: String, deed: &str, form: &Form) -> Outcome {
    let expected_version = form.text("expectedVersion").parse().ok();
    let reason = form.text("reason").to_owned();
    match deed {
        "enter" => enter(staff, id, form).await,
        "apply" => {
            let input = apply_document::InventoryCountApplyInput {
                expected_version,
                id,
                reason,
            };
            deed::run(staff, AdminCountApply, apply_document::Variables { input }).await
        }
        "abandon" => {
            let input = abandon_document::InventoryCountAbandonInput {
                expected_version,
                id,
                reason,
            };
            deed::run(staff, AdminCountAbandon, abandon_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// A line each: a SKU, and how many there were. All of them or none.
async fn enter(staff: &Staff, id: String, form: &Form) -> Outcome {
    let Some(read) = written::lines(form.text("lines")) else {
        return Ok(vec![Refusal::at("INVALID", "lines")]);
    };
    let line = |(sku, counted): (String, i64)| enter_document::InventoryCountLineInput {
        barcode: None,
        counted: Some(counted),
        sku: Some(sku),
        variant_id: None,
    };
    let input = enter_document::InventoryCountEnterInput {
        id,
        lines: read.into_iter().map(line).collect(),
    };
    deed::run(staff, AdminCountEnter, enter_document::Variables { input }).await
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Inventory)?;
    let asked = match refused {
        None => Asked::read(&staff.visit, &ASKED),
        Some(_) => Asked::of(&format!("/admin/counts/{id}"), "", &ASKED),
    };
    let rows = asked.rows();
    let variables = document::Variables {
        id,
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        only_differences: asked.some("differences").is_some(),
    };
    let data = staff.visit.ask(AdminCount, variables).await?;
    let count = data.inventory_count.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.counts.done", done);
    let shown = context! {
        count => value(count),
        asked => asked.shown(),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/count/page.html", shown)
}
