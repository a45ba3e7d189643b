//! `/admin/customers/groups`: groups of customers.

use axum::extract::Query;
use minijinja::context;

use super::{
    deed::Told,
    listed::{Listed, Seen},
    staff::{Permission, Sent, Staff},
    typed::id,
};
use crate::{
    answer::Answer,
    documents::{
        AdminCustomerGroupCreate, AdminCustomerGroupRestore, AdminCustomerGroups,
        admin_customer_group_create as create_document, admin_customer_group_restore as restore_document,
        admin_customer_groups::Variables,
    },
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/customers/groups";

const LISTED: Listed = Listed {
    path: PATH,
    asked: &["deleted"],
    done: "admin.customer_groups.done",
    template: "admin/customer_groups/page.html",
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let seen = LISTED.seen(&staff, told);
    list(staff, &seen).await
}

/// `POST /admin/customers/groups`: one of nobody yet; its own page has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let input = create_document::CustomerGroupCreateInput {
        code: form.some("code"),
        name: form.text("name").to_owned(),
        note: None,
    };
    let variables = create_document::Variables { input };
    let data = staff.visit.ask(AdminCustomerGroupCreate, variables).await?;
    let answered = data.customer_group_create.ok_or(Problem::Broken)?;
    if let Some(group) = answered.customer_group {
        return Ok(staff.visit.go(&format!("{PATH}/{}", group.id)));
    }
    let seen = LISTED.not_made(&staff, &form, &answered.user_errors);
    list(staff, &seen).await
}

/// `POST /admin/customers/groups/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let input = restore_document::CustomerGroupRestoreInput { id: id(&form)? };
    let variables = restore_document::Variables { input };
    match LISTED
        .restore(&staff, &form, AdminCustomerGroupRestore, variables)
        .await?
    {
        None => Ok(staff.visit.go(&format!("{PATH}?done=restore"))),
        Some(seen) => list(staff, &seen).await,
    }
}

async fn list(staff: Staff, seen: &Seen) -> Answer {
    staff.require(Permission::Customers)?;
    let asked = &seen.asked;
    let rows = asked.rows();
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminCustomerGroups, variables).await?;
    let groups = data.customer_groups.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        groups => value(&groups.nodes),
        info => value(&groups.page_info),
    };
    LISTED.show(staff, seen, shown)
}
