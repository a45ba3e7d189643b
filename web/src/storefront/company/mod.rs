//! `/account/companies/{id}`: what a company ordered and owes, and what is to be approved, as far as whoever is signed in sees
//! it; and for whom they buy.

use axum::{extract::Path, http::StatusCode};
use minijinja::context;

use super::{
    refusals::{Errors, errors, refusals},
    shown::value,
};
use crate::{
    answer::Answer,
    documents::{
        CompanyPage, CompanySelect, PurchaseRequestApprove, PurchaseRequestRefuse, PurchaseRequestWithdraw,
        company_page::Variables, company_select as select, purchase_request_approve as approve_document,
        purchase_request_refuse as refuse_document, purchase_request_withdraw as withdraw_document,
    },
    problem::Problem,
    visit::{Form, Posted, Rows, Visit},
};

/// How many orders a page has.
const ORDERS: i64 = 20;

/// How many purchases that were to be approved.
const REQUESTS: i64 = 20;

/// What may be done with a request, and is told when it was.
const DEEDS: [&str; 4] = ["asked", "approve", "refuse", "withdraw"];

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    show_with(visit, id, Errors::new()).await
}

async fn show_with(visit: Visit, id: String, errors: Errors) -> Answer {
    if !visit.is_signed_in() {
        return Err(Problem::SignedOut);
    }
    let query = Form::from(visit.uri.query().unwrap_or_default());
    let rows = Rows::read(&query, ORDERS);
    let requests = Rows::named(&query, "requests", REQUESTS);
    let variables = Variables {
        id,
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        requests_first: requests.first,
        requests_after: requests.after,
        requests_last: requests.last,
        requests_before: requests.before,
    };
    let data = visit.ask(CompanyPage, variables).await?;
    let company = data.company.ok_or(Problem::NotFound)?;
    let done = DEEDS.iter().find(|deed| query.text("done") == **deed);
    let done = done.map(|deed| visit.say(&format!("trade.done.{deed}")));
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = context! { company => value(&company), errors => value(&errors), done, is_indexed => false };
    visit.show_as(status, "storefront/company/page.html", shown).await
}

/// `POST /account/requests/{id}`: approves what is asked for, refuses it, or takes it back.
pub async fn answer(Path(id): Path<String>, posted: Posted) -> Answer {
    let (deed, company) = (posted.text("deed").to_owned(), posted.text("company").to_owned());
    let answer = posted.some("answer");
    let visit = posted.visit;
    if !visit.is_signed_in() {
        return Err(Problem::SignedOut);
    }
    let refused = match deed.as_str() {
        "approve" => {
            let input = approve_document::PurchaseRequestApproveInput { answer, id };
            let variables = approve_document::Variables { input };
            let data = visit.ask(PurchaseRequestApprove, variables).await?;
            refusals(&data.done.ok_or(Problem::Broken)?.user_errors)
        }
        "refuse" => {
            let input = refuse_document::PurchaseRequestRefuseInput { answer, id };
            let data = visit
                .ask(PurchaseRequestRefuse, refuse_document::Variables { input })
                .await?;
            refusals(&data.done.ok_or(Problem::Broken)?.user_errors)
        }
        "withdraw" => {
            let input = withdraw_document::PurchaseRequestWithdrawInput { id };
            let variables = withdraw_document::Variables { input };
            let data = visit.ask(PurchaseRequestWithdraw, variables).await?;
            refusals(&data.done.ok_or(Problem::Broken)?.user_errors)
        }
        _ => return Err(Problem::BadForm),
    };
    if refused.is_empty() {
        return Ok(visit.go(&format!("/account/companies/{company}?done={deed}")));
    }
    let errors = errors(&visit, &refused);
    show_with(visit, company, errors).await
}

/// `POST /account/company`. A cart has other prices then, and shows that they are.
pub async fn choose(posted: Posted) -> Answer {
    let company_id = posted.some("company");
    let visit = posted.visit;
    if !visit.is_signed_in() {
        return Err(Problem::SignedOut);
    }
    let input = select::CustomerCompanySelectInput { company_id };
    let data = visit.ask(CompanySelect, select::Variables { input }).await?;
    let refused = refusals(&data.selected.ok_or(Problem::Broken)?.user_errors);
    match refused.is_empty() {
        true => Ok(visit.go("/account?done=company")),
        false => Err(Problem::BadForm),
    }
}
