//! `/admin/customers/companies`: companies that buy on terms of their own.

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
        AdminCompanies, AdminCompanyCreate, AdminCompanyRestore, admin_companies::Variables,
        admin_company_create as create_document, admin_company_restore as restore_document,
    },
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/customers/companies";

const LISTED: Listed = Listed {
    path: PATH,
    asked: &["q", "deleted"],
    done: "admin.companies.done",
    template: "admin/companies/page.html",
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let seen = LISTED.seen(&staff, told);
    list(staff, &seen).await
}

/// `POST /admin/customers/companies`: its own page has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let input = create_document::CompanyCreateInput {
        billing_address: None,
        credit_limit: None,
        email: None,
        name: form.text("name").to_owned(),
        note: None,
        payment_terms_days: None,
        registration_number: None,
        vat_number: form.some("vatNumber"),
    };
    let variables = create_document::Variables { input };
    let data = staff.visit.ask(AdminCompanyCreate, variables).await?;
    let answered = data.company_create.ok_or(Problem::Broken)?;
    if let Some(company) = answered.company {
        return Ok(staff.visit.go(&format!("{PATH}/{}", company.id)));
    }
    let seen = LISTED.not_made(&staff, &form, &answered.user_errors);
    list(staff, &seen).await
}

/// `POST /admin/customers/companies/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let input = restore_document::CompanyRestoreInput { id: id(&form)? };
    let variables = restore_document::Variables { input };
    match LISTED.restore(&staff, &form, AdminCompanyRestore, variables).await? {
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
        query: asked.some("q"),
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminCompanies, variables).await?;
    let companies = data.companies.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        companies => value(&companies.nodes),
        info => value(&companies.page_info),
    };
    LISTED.show(staff, seen, shown)
}
