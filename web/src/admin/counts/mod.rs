//! `/admin/counts`: what lies at a location, counted.

use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminCountBegin, AdminCounts, admin_count_begin as begin_document, admin_counts as document,
        admin_counts::InventoryCountStatus,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

const STATUSES: [(&str, InventoryCountStatus); 3] = [
    ("OPEN", InventoryCountStatus::Open),
    ("APPLIED", InventoryCountStatus::Applied),
    ("ABANDONED", InventoryCountStatus::Abandoned),
];

const ASKED: [&str; 1] = ["status"];

pub async fn show(staff: Staff) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, None).await
}

/// `POST /admin/counts`.
pub async fn begin(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Inventory)?;
    let input = begin_document::InventoryCountBeginInput {
        location_id: form.some("locationId").ok_or(Problem::BadForm)?,
        note: form.some("note"),
    };
    let data = staff
        .visit
        .ask(AdminCountBegin, begin_document::Variables { input })
        .await?;
    let answered = data.inventory_count_begin.ok_or(Problem::Broken)?;
    if let Some(count) = answered.count {
        return Ok(staff.visit.go(&format!("/admin/counts/{}", count.id)));
    }
    let refused = Refused::of(&staff, "begin", &form, &refusals(&answered.user_errors));
    let asked = Asked::of("/admin/counts", "", &ASKED);
    list(staff, &asked, Some(refused)).await
}

async fn list(staff: Staff, asked: &Asked, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Inventory)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::InventoryCountWhere {
            location_id: None,
            status: asked.kind("status", &STATUSES),
        }),
    };
    let data = staff.visit.ask(AdminCounts, variables).await?;
    let counts = data.inventory_counts.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        counts => value(counts),
        locations => value(&data.locations),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/counts/page.html", shown)
}
