//! `/admin/imported-orders`: orders that another shop system had, as history.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminImportedOrders, admin_imported_orders as document},
    problem::Problem,
    shown::value,
};

const ASKED: [&str; 1] = ["q"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::ImportedOrderWhere {
            query: asked.some("q"),
            source: None,
        }),
    };
    let data = staff.visit.ask(AdminImportedOrders, variables).await?;
    let orders = data.imported_orders.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        orders => value(&orders.nodes),
        info => value(&orders.page_info),
        asked => asked.shown(),
    };
    staff.show("admin/imported_orders/page.html", shown)
}
