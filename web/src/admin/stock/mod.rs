//! `/admin/stock`: what lies where, and what is running out.

use minijinja::{Value, context};

use super::{
    asked::{Asked, ROWS},
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminLowStock, AdminStock, AdminStockSearch, admin_low_stock as low_document, admin_stock as document,
        admin_stock_search as search_document,
    },
    problem::Problem,
    shown::value,
};

/// `low` asks for what is running out alone.
const ASKED: [&str; 2] = ["q", "low"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Inventory)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let found = match (asked.some("q"), asked.some("low")) {
        (Some(query), _) => {
            let (found, exact) = searched(&staff, &asked, query).await?;
            if let Some(id) = exact {
                return Ok(staff.visit.go(&format!("/admin/stock/{id}")));
            }
            found
        }
        (None, Some(_)) => running_out(&staff, &asked).await?,
        (None, None) => listed(&staff, &asked).await?,
    };
    let shown = context! { asked => asked.shown() };
    staff.show("admin/stock/page.html", context! { ..shown, ..found })
}

async fn listed(staff: &Staff, asked: &Asked) -> Result<Value, Problem> {
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        sort: document::ProductSort::TitleAscending,
    };
    let data = staff.visit.ask(AdminStock, variables).await?;
    let products = data.products.as_ref().ok_or(Problem::NotFound)?;
    Ok(context! { products => value(products), low => () })
}

/// Those that words find; and the variant that has this very SKU, which is opened at once.
async fn searched(staff: &Staff, asked: &Asked, query: String) -> Result<(Value, Option<String>), Problem> {
    let variables = search_document::Variables {
        query,
        first: ROWS,
        after: asked.rows().after,
    };
    let data = staff.visit.ask(AdminStockSearch, variables).await?;
    let exact = data.variant.map(|variant| variant.id);
    let products = data.product_search.as_ref().ok_or(Problem::NotFound)?;
    Ok((context! { products => value(products), low => () }, exact))
}

async fn running_out(staff: &Staff, asked: &Asked) -> Result<Value, Problem> {
    let rows = asked.rows();
    let variables = low_document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminLowStock, variables).await?;
    let low = data.low_stock.as_ref().ok_or(Problem::NotFound)?;
    Ok(context! { products => (), low => value(low) })
}
