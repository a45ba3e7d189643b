//! `/admin/catalogs/{id}`: whose a catalog is, what it fixes, in which quantities it sells, and what stands in it.

mod deeds;
mod prices;

use axum::{
    extract::{Path, Query},
    http::header,
    response::IntoResponse,
};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    goods::{self, Picker},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminCatalog, AdminCatalogExport, admin_catalog::Variables, admin_catalog_export as export_document},
    problem::Problem,
    shown::value,
};

/// The variant that a price or a rule is for, and products that are to stand in it.
const PICKERS: [Picker; 2] = [Picker::variants("sku"), Picker::products("product")];

const PATH: &str = "/admin/catalogs";

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &[]);
    page(staff, id, &asked, &told.done, None).await
}

/// `GET /admin/catalogs/{id}/prices.csv`: what it fixes, as a table.
pub async fn table(staff: Staff, Path(id): Path<String>) -> Answer {
    staff.require(Permission::Catalog)?;
    let variables = export_document::Variables { id };
    let data = staff.visit.ask(AdminCatalogExport, variables).await?;
    let csv = data.catalog.and_then(|catalog| catalog.prices_csv);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"prices.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    let response = (headers, csv.ok_or(Problem::NotFound)?).into_response();
    Ok(staff.visit.leave(response))
}

/// `POST /admin/catalogs/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let run = deeds::run(&staff, &id, &deed, &form);
    let Some(refused) = goods::act(&staff, &deed, &form, &PICKERS, run).await? else {
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
    staff.require(Permission::Catalog)?;
    let rows = asked.rows();
    let variables = Variables {
        id,
        owners: staff.may(Permission::Customers),
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminCatalog, variables).await?;
    let catalog = data.catalog.as_ref().ok_or(Problem::NotFound)?;
    let prices = catalog.prices.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        catalog => value(catalog),
        prices => value(&prices.nodes),
        info => value(&prices.page_info),
        groups => value(&data.customer_groups),
        companies => value(&data.companies),
        shop => value(&data.shop),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.catalogs.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/catalog/page.html", shown)
}
