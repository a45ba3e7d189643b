//! `/admin/stock`: what there is of each product; or what lies at a location, and what is running out.

use minijinja::{Value, context};

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminStock, AdminStockLevels, AdminStockLocations, AdminStockSku, admin_stock as document,
        admin_stock_levels as levels_document, admin_stock_locations as locations_document,
        admin_stock_sku as sku_document,
    },
    problem::Problem,
    shown::value,
};

/// `low` asks for what is running out alone, and `location` for what lies there.
const ASKED: [&str; 3] = ["q", "location", "low"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Inventory)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let is_of_levels = asked.some("low").or(asked.some("location")).is_some();
    let words = asked.some("q");
    // A whole SKU, as a scanner types it, is opened at once.
    if let Some(sku) = words.clone()
        && let Some(id) = exact(&staff, sku).await?
    {
        return Ok(staff.visit.go(&format!("/admin/stock/{id}")));
    }
    let found = match words.is_none() && is_of_levels {
        true => levels(&staff, &asked).await?,
        false => listed(&staff, &asked).await?,
    };
    let places = staff
        .visit
        .ask(AdminStockLocations, locations_document::Variables {})
        .await?;
    let shown = context! { asked => asked.shown(), locations => value(&places.locations) };
    staff.show("admin/stock/page.html", context! { ..shown, ..found })
}

async fn listed(staff: &Staff, asked: &Asked) -> Result<Value, Problem> {
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        query: asked.some("q"),
        sort: document::ProductSort::TitleAscending,
    };
    let data = staff.visit.ask(AdminStock, variables).await?;
    let products = data.products.as_ref().ok_or(Problem::NotFound)?;
    Ok(context! { products => value(products), levels => () })
}

/// The variant that has this very SKU.
async fn exact(staff: &Staff, sku: String) -> Result<Option<String>, Problem> {
    let data = staff.visit.ask(AdminStockSku, sku_document::Variables { sku }).await?;
    Ok(data.variant.map(|variant| variant.id))
}

async fn levels(staff: &Staff, asked: &Asked) -> Result<Value, Problem> {
    let rows = asked.rows();
    let variables = levels_document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: levels_document::StockLevelWhere {
            variant_id: None,
            location_id: asked.some("location"),
            sku: None,
            low: asked.some("low").is_some(),
        },
    };
    let data = staff.visit.ask(AdminStockLevels, variables).await?;
    let levels = data.stock_levels.as_ref().ok_or(Problem::NotFound)?;
    Ok(context! { products => (), levels => value(levels) })
}
