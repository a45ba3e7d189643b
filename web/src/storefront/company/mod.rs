//! `/account/companies/{id}`: what a company ordered and owes, as far as whoever is signed in sees it; and for whom they buy.

use axum::extract::Path;
use minijinja::context;

use super::{refusals::refusals, shown::value};
use crate::{
    answer::Answer,
    documents::{CompanyPage, CompanySelect, company_page::Variables, company_select as select},
    problem::Problem,
    visit::{Form, Posted, Visit},
};

/// How many orders a page has.
const ORDERS: i64 = 20;

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    if !visit.is_signed_in() {
        return Ok(visit.go("/account/login"));
    }
    let query = Form::from(visit.uri.query().unwrap_or_default());
    let before = query.some("before");
    let variables = Variables {
        id,
        first: before.is_none().then_some(ORDERS),
        after: query.some("after").filter(|_| before.is_none()),
        last: before.is_some().then_some(ORDERS),
        before,
    };
    let data = visit.ask(CompanyPage, variables).await?;
    let company = data.company.ok_or(Problem::NotFound)?;
    let shown = context! { company => value(&company), is_indexed => false };
    visit.show("storefront/company/page.html", shown).await
}

/// `POST /account/company`. A cart has other prices then, and shows that they are.
pub async fn choose(posted: Posted) -> Answer {
    let company_id = posted.some("company");
    let visit = posted.visit;
    if !visit.is_signed_in() {
        return Ok(visit.go("/account/login"));
    }
    let input = select::CustomerCompanySelectInput { company_id };
    let data = visit.ask(CompanySelect, select::Variables { input }).await?;
    let refused = refusals(&data.selected.ok_or(Problem::Broken)?.user_errors);
    match refused.is_empty() {
        true => Ok(visit.go("/account?done=company")),
        false => Err(Problem::BadForm),
    }
}
