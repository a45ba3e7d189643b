//! `/admin/customers/groups/{id}`: what a group of customers is called, and who is in it.

mod deeds;

pub use deeds::by_email;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminCustomerGroup, admin_customer_group::Variables},
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/customers/groups";

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &[]);
    page(staff, id, &asked, &told.done, None).await
}

/// `POST /admin/customers/groups/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    let Some(refused) = Refused::any(&staff, &deed, &form, &refusals) else {
        let to = match &*deed {
            "delete" => format!("{PATH}?done=delete&undo={id}"),
            _ => format!("{PATH}/{id}?done={deed}"),
        };
        return Ok(staff.visit.go(&to));
    };
    let asked = Asked::of(&format!("{PATH}/{id}"), "", &[]);
    page(staff, id, &asked, "", Some(refused)).await
}

async fn page(staff: Staff, id: String, asked: &Asked, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Customers)?;
    let rows = asked.rows();
    let variables = Variables {
        id,
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminCustomerGroup, variables).await?;
    let group = data.customer_group.as_ref().ok_or(Problem::NotFound)?;
    let members = group.members.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        group => value(group),
        members => value(&members.nodes),
        info => value(&members.page_info),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.customer_groups.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/customer_group/page.html", shown)
}
