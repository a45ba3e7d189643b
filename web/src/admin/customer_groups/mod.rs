//! `/admin/customers/groups`: groups of customers.

use axum::extract::Query;
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
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
    refusals::refusals,
    shown::value,
};

const PATH: &str = "/admin/customers/groups";

const ASKED: [&str; 1] = ["deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, &told, None).await
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
    let refused = Refused::of(&staff, "create", &form, &refusals(&answered.user_errors));
    let asked = Asked::of(PATH, "", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

/// `POST /admin/customers/groups/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let input = restore_document::CustomerGroupRestoreInput { id: id(&form)? };
    let variables = restore_document::Variables { input };
    let refused = deed::run(&staff, AdminCustomerGroupRestore, variables).await?;
    let Some(refused) = Refused::any(&staff, "restore", &form, &refused) else {
        return Ok(staff.visit.go(&format!("{PATH}?done=restore")));
    };
    let asked = Asked::of(PATH, "deleted=yes", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

async fn list(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Customers)?;
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
        done => deed::done(&staff, "admin.customer_groups.done", &told.done),
        undo => told.undo.as_str(),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/customer_groups/page.html", shown)
}
