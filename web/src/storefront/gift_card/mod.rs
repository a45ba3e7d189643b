//! `/gift-card`: what is left on a gift card. The code is sent by a form and stands in no address.

use axum::http::StatusCode;
use minijinja::{Value, context};

use crate::{
    answer::Answer,
    documents::{GiftCardPage, gift_card_page::Variables},
    problem::Problem,
    storefront::{
        refusals::{Errors, errors, refusals},
        shown::value,
    },
    visit::{Posted, Visit},
};

pub async fn show(visit: Visit) -> Answer {
    page(visit, &Errors::new(), value(&None::<()>)).await
}

/// `POST /gift-card`.
pub async fn look_up(posted: Posted) -> Answer {
    let code = posted.text("code").to_owned();
    let visit = posted.visit;
    let data = visit.ask(GiftCardPage, Variables { code }).await?;
    let answer = data.gift_card_balance.ok_or(Problem::Broken)?;
    let errors = errors(&visit, &refusals(&answer.user_errors));
    page(visit, &errors, value(&answer.gift_card)).await
}

async fn page(visit: Visit, errors: &Errors, card: Value) -> Answer {
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = context! { card, errors => value(errors), is_indexed => false };
    visit.show_as(status, "storefront/gift_card/page.html", shown).await
}
