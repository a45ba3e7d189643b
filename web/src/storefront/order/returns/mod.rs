//! `/orders/{id}/return`: what of an order is to be sent back, and why.

mod pictures;

use axum::{extract::Path, http::StatusCode};
use minijinja::context;

pub use self::pictures::send as send_pictures;
use super::unopened;
use crate::{
    answer::Answer,
    documents::{
        OrderReturnPage, ShopperReturnCancel, ShopperReturnRequest, order_return_page as document,
        shopper_return_cancel as cancel_document,
        shopper_return_request::{self as request_document, ReturnReason, ReturnResolution},
    },
    problem::Problem,
    refusals::{Errors, Refusal, errors, refusals},
    shown::value,
    storefront::capabilities,
    visit::{Form, Posted, Visit},
};

/// Why goods come back, in the order in which a form has it.
const REASONS: [&str; 8] = [
    "NOT_AS_EXPECTED",
    "WRONG_SIZE",
    "WRONG_ITEM",
    "DAMAGED",
    "DEFECTIVE",
    "LATE",
    "CHANGED_MIND",
    "OTHER_REASON",
];

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    if !capabilities::of(&visit).await?.has("returns") {
        // Its page has what was asked for before.
        return Ok(visit.go(&format!("/orders/{id}")));
    }
    page(visit, id, Errors::new(), &Form::from("")).await
}

async fn page(visit: Visit, id: String, errors: Errors, typed: &Form) -> Answer {
    let token = visit.order_token(&id);
    let data = visit.ask(OrderReturnPage, document::Variables { id, token }).await?;
    let Some(order) = &data.order else {
        return unopened(visit).await;
    };
    let (open, closed): (Vec<_>, Vec<_>) = order.returnable.iter().partition(|row| row.quantity > 0);
    let typed: std::collections::BTreeMap<_, _> = typed.pairs().collect();
    let shown = context! {
        order => value(order),
        open => value(&open),
        closed => value(&closed),
        reasons => value(&REASONS),
        typed => value(&typed),
        key => visit.site.api().secret(),
        errors => value(&errors),
        is_indexed => false,
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    visit.show_as(status, "storefront/order/returns/page.html", shown).await
}

/// `POST /orders/{id}/return`: asks for it.
pub async fn request(Path(id): Path<String>, posted: Posted) -> Answer {
    let rows = posted.all("line");
    let lines: Vec<_> = rows.iter().filter_map(|line| asked(&posted.form, line)).collect();
    let sent: Vec<String> = lines.iter().map(|line| line.line_id.clone()).collect();
    if let (true, Some(first)) = (sent.is_empty(), rows.first()) {
        let Posted { visit, form } = posted;
        let nothing = Refusal::said(visit.say("return.choose"), &format!("{first}.quantity"));
        let errors = errors(&visit, &[nothing]);
        return page(visit, id, errors, &form).await;
    }
    let unsaid = unsaid(&posted, &sent);
    if !unsaid.is_empty() {
        let Posted { visit, form } = posted;
        let errors = errors(&visit, &unsaid);
        return page(visit, id, errors, &form).await;
    }
    let input = request_document::ReturnRequestInput {
        access_token: posted.visit.order_token(&id),
        idempotency_key: posted.text("key").to_owned(),
        lines,
        note: posted.some("note"),
        order_id: id.clone(),
        resolution: resolution(posted.text("resolution")),
    };
    let Posted { visit, form } = posted;
    let data = visit
        .ask(ShopperReturnRequest, request_document::Variables { input })
        .await?;
    let refused = refusals(&data.return_request.ok_or(Problem::Broken)?.user_errors);
    if refused.is_empty() {
        return Ok(visit.go(&format!("/orders/{id}#returns")));
    }
    let refused: Vec<_> = refused.into_iter().map(|refusal| at_row(refusal, &sent)).collect();
    let errors = errors(&visit, &refused);
    page(visit, id, errors, &form).await
}

/// What the shop needs to know besides: why each comes back, for it decides on fees, and what is wanted in exchange.
fn unsaid(posted: &Posted, sent: &[String]) -> Vec<Refusal> {
    let reasons = sent.iter().map(|line| format!("{line}.reason"));
    let missing = reasons.filter(|name| posted.some(name).is_none());
    let mut unsaid: Vec<_> = missing
        .map(|name| Refusal::said(posted.visit.say("return.reason_missing"), &name))
        .collect();
    if posted.text("resolution") == "EXCHANGE" && posted.some("note").is_none() {
        unsaid.push(Refusal::said(posted.visit.say("return.exchange_which"), "note"));
    }
    unsaid
}

/// Units of a line; nothing where none are typed. What is no number is none that the API takes.
fn asked(form: &Form, line: &str) -> Option<request_document::ReturnRequestLineInput> {
    let quantity = form.some(&format!("{line}.quantity")).filter(|text| text != "0")?;
    Some(request_document::ReturnRequestLineInput {
        line_id: line.to_owned(),
        note: form.some(&format!("{line}.note")),
        quantity: quantity.parse().unwrap_or(-1),
        reason: reason(form.text(&format!("{line}.reason"))),
    })
}

fn reason(name: &str) -> ReturnReason {
    match name {
        "NOT_AS_EXPECTED" => ReturnReason::NotAsExpected,
        "WRONG_SIZE" => ReturnReason::WrongSize,
        "WRONG_ITEM" => ReturnReason::WrongItem,
        "DAMAGED" => ReturnReason::Damaged,
        "DEFECTIVE" => ReturnReason::Defective,
        "LATE" => ReturnReason::Late,
        "CHANGED_MIND" => ReturnReason::ChangedMind,
        _ => ReturnReason::OtherReason,
    }
}

fn resolution(name: &str) -> ReturnResolution {
    match name {
        "STORE_CREDIT" => ReturnResolution::StoreCredit,
        "EXCHANGE" => ReturnResolution::Exchange,
        _ => ReturnResolution::Refund,
    }
}

/// What is said of a line that was sent, at its row of the form, which has those that were not.
fn at_row(refusal: Refusal, sent: &[String]) -> Refusal {
    match refusal.place("lines").and_then(|place| sent.get(place)) {
        Some(line) => Refusal::said(refusal.message().to_owned(), &format!("{line}.quantity")),
        None => refusal,
    }
}

/// `POST /orders/{id}/returns/{back}/cancel`: gives it up.
pub async fn cancel(Path((id, back)): Path<(String, String)>, posted: Posted) -> Answer {
    let input = cancel_document::ReturnCancelInput {
        access_token: posted.visit.order_token(&id),
        id: back,
    };
    let visit = posted.visit;
    let data = visit
        .ask(ShopperReturnCancel, cancel_document::Variables { input })
        .await?;
    // Where it was refused, goods have come meanwhile: the order's page shows where the return stands.
    drop(refusals(&data.return_cancel.ok_or(Problem::Broken)?.user_errors));
    Ok(visit.go(&format!("/orders/{id}#returns")))
}
