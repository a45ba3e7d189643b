//! `/admin/returns`: goods that come back, and what is to be done about them.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminReturns, admin_returns as document, admin_returns::ReturnStatus},
    problem::Problem,
    shown::value,
};

const STATUSES: [(&str, ReturnStatus); 8] = [
    ("REQUESTED", ReturnStatus::Requested),
    ("APPROVED", ReturnStatus::Approved),
    ("PARTLY_RECEIVED", ReturnStatus::PartlyReceived),
    ("RECEIVED", ReturnStatus::Received),
    ("INSPECTED", ReturnStatus::Inspected),
    ("CLOSED", ReturnStatus::Closed),
    ("REFUSED", ReturnStatus::Refused),
    ("CANCELLED", ReturnStatus::Cancelled),
];

const ASKED: [&str; 1] = ["status"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::ReturnWhere {
            order_id: None,
            statuses: asked.kind("status", &STATUSES).map(|status| vec![status]),
        }),
    };
    let data = staff.visit.ask(AdminReturns, variables).await?;
    let returns = data.returns.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        returns => value(returns),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/returns/page.html", shown)
}
