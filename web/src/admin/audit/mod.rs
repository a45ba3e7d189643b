//! `/admin/audit`: what staff and apps have done.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminAudit, admin_audit as document},
    problem::Problem,
    shown::value,
};

const ASKED: [&str; 3] = ["action", "object", "who"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Staff)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::AuditLogWhere {
            action: asked.some("action"),
            app_id: None,
            from: None,
            object: asked.some("object"),
            staff_member_id: asked.some("who"),
            to: None,
        }),
    };
    let data = staff.visit.ask(AdminAudit, variables).await?;
    let entries = data.audit_log.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! { entries => value(entries), asked => asked.shown() };
    staff.show("admin/audit/page.html", shown)
}
