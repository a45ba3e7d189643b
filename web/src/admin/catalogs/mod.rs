//! `/admin/catalogs`: what groups of customers and companies pay.

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
        AdminCatalogCreate, AdminCatalogRestore, AdminCatalogs, admin_catalog_create as create_document,
        admin_catalog_restore as restore_document, admin_catalogs::Variables,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

const PATH: &str = "/admin/catalogs";

const ASKED: [&str; 1] = ["deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, &told, None).await
}

/// `POST /admin/catalogs`: one that is nobody's yet; its own page has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let input = create_document::CatalogCreateInput {
        adjustment_basis_points: 0,
        company_ids: Vec::new(),
        currency_code: None,
        goods: None,
        group_ids: Vec::new(),
        name: form.text("name").to_owned(),
        net_prices: false,
        note: None,
    };
    let variables = create_document::Variables { input };
    let data = staff.visit.ask(AdminCatalogCreate, variables).await?;
    let answered = data.catalog_create.ok_or(Problem::Broken)?;
    if let Some(catalog) = answered.catalog {
        return Ok(staff.visit.go(&format!("{PATH}/{}", catalog.id)));
    }
    let refused = Refused::of(&staff, "create", &form, &refusals(&answered.user_errors));
    let asked = Asked::of(PATH, "", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

/// `POST /admin/catalogs/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let input = restore_document::CatalogRestoreInput { id: id(&form)? };
    let variables = restore_document::Variables { input };
    let refused = deed::run(&staff, AdminCatalogRestore, variables).await?;
    let Some(refused) = Refused::any(&staff, "restore", &form, &refused) else {
        return Ok(staff.visit.go(&format!("{PATH}?done=restore")));
    };
    let asked = Asked::of(PATH, "deleted=yes", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

async fn list(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let rows = asked.rows();
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminCatalogs, variables).await?;
    let catalogs = data.catalogs.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        catalogs => value(&catalogs.nodes),
        info => value(&catalogs.page_info),
        done => deed::done(&staff, "admin.catalogs.done", &told.done),
        undo => told.undo.as_str(),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/catalogs/page.html", shown)
}
