//! `/orders/find`: the link to an order by mail, for a guest who has lost it.

use axum::http::StatusCode;
use minijinja::context;

use crate::{
    answer::Answer,
    documents::{OrderLinkRequest, order_link_request as document},
    problem::Problem,
    storefront::{
        refusals::{Errors, errors, refusals},
        shown::value,
    },
    visit::{Posted, Visit},
};

pub async fn show_find(visit: Visit) -> Answer {
    page(visit, false, Errors::new(), Errors::new()).await
}

pub async fn find(posted: Posted) -> Answer {
    let (number, email) = (posted.text("number").to_owned(), posted.text("email").to_owned());
    let visit = posted.visit;
    let input = document::OrderLinkRequestInput {
        email: email.clone(),
        number: number.clone(),
    };
    let data = visit.ask(OrderLinkRequest, document::Variables { input }).await?;
    let refused = refusals(&data.order_link_request.ok_or(Problem::Broken)?.user_errors);
    let errors = errors(&visit, &refused);
    let typed = [("number".to_owned(), number), ("email".to_owned(), email)];
    page(visit, refused.is_empty(), errors, typed.into()).await
}

async fn page(visit: Visit, done: bool, errors: Errors, values: Errors) -> Answer {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shown = context! { done, errors => value(&errors), values => value(&values), is_indexed => false };
    visit.show_as(status, "storefront/order/find.html", shown).await
}
