//! `/admin/catalogs`: what groups of customers and companies pay.

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
        AdminCatalogCreate, AdminCatalogRestore, AdminCatalogs, admin_catalog_create as create_document,
        admin_catalog_restore as restore_document, admin_catalogs::Variables,
    },
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/catalogs";

const LISTED: Listed = Listed {
    path: PATH,
    asked: &["deleted"],
    done: "admin.catalogs.done",
    template: "admin/catalogs/page.html",
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let seen = LISTED.seen(&staff, told);
    list(staff, &seen).await
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
    let seen = LISTED.not_made(&staff, &form, &answered.user_errors);
    list(staff, &seen).await
}

/// `POST /admin/catalogs/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let input = restore_document::CatalogRestoreInput { id: id(&form)? };
    let variables = restore_document::Variables { input };
    match LISTED.restore(&staff, &form, AdminCatalogRestore, variables).await? {
        None => Ok(staff.visit.go(&format!("{PATH}?done=restore"))),
        Some(seen) => list(staff, &seen).await,
    }
}

async fn list(staff: Staff, seen: &Seen) -> Answer {
    staff.require(Permission::Catalog)?;
    let asked = &seen.asked;
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
    };
    LISTED.show(staff, seen, shown)
}
