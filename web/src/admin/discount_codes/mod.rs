//! `/admin/discounts/{id}/codes`: the codes of a discount, found by words, and more of them made by a job, with how far it
//! is.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminDiscountCodes, admin_discount_codes as document},
    problem::Problem,
    shown::value,
};

const ASKED: [&str; 2] = ["q", "is"];

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    page(staff, id, &asked, &told.done, None).await
}

/// `POST /admin/discounts/{id}/codes/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let path = format!("/admin/discounts/{id}/codes");
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    let asked = Asked::of(&path, form.text("back"), &ASKED);
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, &asked, "", Some(refused)).await,
        None if deed == "export" => Ok(staff.visit.go("/admin/exports?done=start")),
        None => {
            let here = asked.here();
            let rest = if here.is_empty() { here } else { format!("&{here}") };
            Ok(staff.visit.go(&format!("{path}?done={deed}{rest}")))
        }
    }
}

async fn page(staff: Staff, id: String, asked: &Asked, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let rows = asked.rows();
    let is = asked.some("is").unwrap_or_default();
    let variables = document::Variables {
        id,
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        query: asked.some("q"),
        active: (is == "off").then_some(false),
        used: match is.as_str() {
            "used" => Some(true),
            "unused" => Some(false),
            _ => None,
        },
    };
    let data = staff.visit.ask(AdminDiscountCodes, variables).await?;
    let discount = data.discount.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        discount => value(discount),
        codes => value(&discount.codes),
        batches => value(&discount.code_batches),
        here => asked.here(),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.discount_codes.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/discount_codes/page.html", shown)
}
