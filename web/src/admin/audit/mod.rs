//! `/admin/audit`: what staff and apps have done.

pub(super) mod told;

use minijinja::context;
use serde::Serialize;

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
    let nodes = entries.nodes.iter();
    let told: Vec<_> = nodes
        .map(|entry| Told {
            noun: entry.action.split('.').next().unwrap_or_default(),
            verb: entry.action.split('.').nth(1).unwrap_or_default(),
            href: page_of(&entry.object),
            fields: told::fields(&entry.data),
        })
        .collect();
    let shown = context! { entries => value(entries), told => value(&told), asked => asked.shown() };
    staff.show("admin/audit/page.html", shown)
}

/// An entry, as people read it.
#[derive(Serialize)]
struct Told<'a> {
    noun: &'a str,
    verb: &'a str,
    href: Option<String>,
    fields: Vec<told::Field>,
}

/// Where what an entry is about is shown in the dashboard, if it has a page of its own there.
fn page_of(object: &str) -> Option<String> {
    let (kind, _) = object.split_once('_')?;
    let room = match kind {
        "prod" => "products",
        "ord" => "orders",
        "coll" => "collections",
        "cus" => "customers",
        "var" => "stock",
        "pimport" => "imports",
        _ => return None,
    };
    Some(format!("/admin/{room}/{object}"))
}
