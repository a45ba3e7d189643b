//! `/admin/customers/companies`: companies that buy on terms of their own.

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
        AdminCompanies, AdminCompanyCreate, AdminCompanyRestore, admin_companies::Variables,
        admin_company_create as create_document, admin_company_restore as restore_document,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

const PATH: &str = "/admin/customers/companies";

const ASKED: [&str; 2] = ["q", "deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, &told, None).await
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
    let refused = Refused::of(&staff, "create", &form, &refusals(&answered.user_errors));
    let asked = Asked::of(PATH, "", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

/// `POST /admin/customers/companies/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let input = restore_document::CompanyRestoreInput { id: id(&form)? };
    let variables = restore_document::Variables { input };
    let refused = deed::run(&staff, AdminCompanyRestore, variables).await?;
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
        query: asked.some("q"),
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminCompanies, variables).await?;
    let companies = data.companies.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        companies => value(&companies.nodes),
        info => value(&companies.page_info),
        done => deed::done(&staff, "admin.companies.done", &told.done),
        undo => told.undo.as_str(),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/companies/page.html", shown)
}
