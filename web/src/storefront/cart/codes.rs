//! Codes of discounts, typed at the cart and in the checkout, and taken away again.

use super::{id, show_with};
use crate::{
    answer::Answer,
    documents::{
        CartDiscountCodesAdd, CartDiscountCodesRemove, cart_discount_codes_add as add_document,
        cart_discount_codes_remove as remove_document,
    },
    problem::Problem,
    storefront::{
        checkout::payment_with,
        refusals::{Errors, Refusal, errors, refusals},
    },
    visit::{Posted, Visit},
};

/// `POST /cart/codes`.
pub async fn add_code(posted: Posted) -> Answer {
    let (code, back) = (posted.some("code"), back(&posted));
    let Posted { visit, .. } = posted;
    let (Some(cart_id), Some(code)) = (id(&visit), code) else {
        return Ok(visit.go(back));
    };
    let input = add_document::CartDiscountCodesAddInput {
        cart_id,
        codes: vec![code],
        expected_version: None,
    };
    let data = visit
        .ask(CartDiscountCodesAdd, add_document::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    finish(visit, back, &refusals(&changed.user_errors)).await
}

/// `POST /cart/codes/remove`.
pub async fn remove_code(posted: Posted) -> Answer {
    let (code, back) = (posted.some("code").ok_or(Problem::BadForm)?, back(&posted));
    let Posted { visit, .. } = posted;
    let Some(cart_id) = id(&visit) else {
        return Ok(visit.go(back));
    };
    let input = remove_document::CartDiscountCodesRemoveInput {
        cart_id,
        codes: vec![code],
        expected_version: None,
    };
    let variables = remove_document::Variables { input };
    let data = visit.ask(CartDiscountCodesRemove, variables).await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    finish(visit, back, &refusals(&changed.user_errors)).await
}

/// Where the form stood: the cart, or the last step of the checkout.
fn back(posted: &Posted) -> &'static str {
    match posted.text("from") {
        "payment" => "/checkout/payment",
        _ => "/cart",
    }
}

/// Back, which says what was wrong.
async fn finish(visit: Visit, back: &str, refused: &[Refusal]) -> Answer {
    if refused.is_empty() {
        return Ok(visit.go(back));
    }
    let errors = told(&visit, refused);
    match back {
        "/cart" => show_with(visit, errors).await,
        _ => payment_with(visit, errors).await,
    }
}

/// The API says what is wrong with a code, in the shopper's language.
fn told(visit: &Visit, refused: &[Refusal]) -> Errors {
    let of_code = |refusal: &&Refusal| (*refusal).clone().at_list(&["codes"]).name() == "codes";
    let mut told = errors(visit, refused);
    for refusal in refused.iter().filter(of_code) {
        told.remove(refusal.name());
        told.insert("code".to_owned(), refusal.message().to_owned());
    }
    told
}
