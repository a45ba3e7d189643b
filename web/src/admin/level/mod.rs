//! `/admin/stock/{id}`: a variant's stock at each location, its ledger, and corrections.

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Deserialize;

use super::{
    asked::Asked,
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminLevel, AdminStockAdjust, admin_level as document, admin_stock_adjust as adjust_document},
    problem::Problem,
    shown::value,
};

#[derive(Default, Deserialize)]
pub struct Told {
    done: Option<String>,
}

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, told.done.is_some(), None).await
}

/// `POST /admin/stock/{id}`: so many more, or fewer, and why.
pub async fn adjust(Path(id): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Inventory)?;
    let input = adjust_document::InventoryAdjustInput {
        delta: form.text("delta").parse().unwrap_or(0),
        expected_version: form.text("expectedVersion").parse().ok(),
        location_id: form.some("locationId"),
        reason: form.text("reason").to_owned(),
        variant_id: id.clone(),
    };
    let refusals = deed::run(&staff, AdminStockAdjust, adjust_document::Variables { input }).await?;
    if refusals.is_empty() {
        return Ok(staff.visit.go(&format!("/admin/stock/{id}?done=yes")));
    }
    let name = format!("at-{}", form.text("locationId"));
    let refused = Refused::of(&staff, &name, &form, &refusals);
    page(staff, id, false, Some(refused)).await
}

async fn page(staff: Staff, id: String, is_done: bool, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Inventory)?;
    let asked = Asked::read(&staff.visit, &[]);
    let rows = asked.rows();
    let variables = document::Variables {
        id,
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminLevel, variables).await?;
    let variant = data.variant.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        variant => value(variant),
        locations => value(&data.locations.as_ref().map(|locations| &locations.nodes)),
        entries => value(&data.stock_entries),
        asked => asked.shown(),
        done => if is_done { staff.visit.say("admin.stock.done") } else { String::new() },
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/level/page.html", shown)
}
