//! `/admin/customers`: those who have an account.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminCustomers, admin_customers as document, admin_customers::CustomerSort},
    problem::Problem,
    shown::value,
};

const SORTS: [(&str, CustomerSort); 2] = [("NEWEST", CustomerSort::Newest), ("OLDEST", CustomerSort::Oldest)];

const ASKED: [&str; 3] = ["q", "sort", "disabled"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Customers)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        sort: asked.kind("sort", &SORTS),
        where_: Some(document::CustomerWhere {
            disabled: asked.some("disabled").map(|_| true),
            group_id: None,
            marketing: None,
            query: asked.some("q"),
        }),
    };
    let data = staff.visit.ask(AdminCustomers, variables).await?;
    let customers = data.customers.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        customers => value(customers),
        sorts => value(&SORTS.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/customers/page.html", shown)
}
