//! `/admin/approvals`: what buyers of companies ask their managers to approve, above all what still waits.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminApprovals, admin_approvals as document, admin_approvals::PurchaseRequestState},
    problem::Problem,
    shown::value,
};

const STATES: [(&str, PurchaseRequestState); 4] = [
    ("OPEN", PurchaseRequestState::Open),
    ("APPROVED", PurchaseRequestState::Approved),
    ("REFUSED", PurchaseRequestState::Refused),
    ("WITHDRAWN", PurchaseRequestState::Withdrawn),
];

const ASKED: [&str; 2] = ["state", "company"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        state: asked.kind("state", &STATES),
        company_id: asked.some("company"),
    };
    let data = staff.visit.ask(AdminApprovals, variables).await?;
    let requests = data.purchase_requests.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        requests => value(&requests.nodes),
        info => value(&requests.page_info),
        states => value(&STATES.map(|(name, _)| name)),
        may_open => staff.may(Permission::Customers),
        asked => asked.shown(),
    };
    staff.show("admin/approvals/page.html", shown)
}
