//! The first step: where the order's mails go.

use minijinja::context;

use super::step::{self, Checkout};
use crate::{
    answer::Answer,
    documents::{CartContactUpdate, cart_contact_update as update},
    problem::Problem,
    storefront::{
        refusals::{Errors, errors, refusals},
        shown::value,
    },
    visit::{Posted, Visit},
};

pub async fn show(mut visit: Visit) -> Answer {
    match step::find(&mut visit).await? {
        Some(checkout) => {
            let of_account = checkout.account_email.clone();
            let email = checkout.cart.basket.email.clone().or(of_account).unwrap_or_default();
            form(visit, &checkout, &email, &Errors::new()).await
        }
        None => {
            let page = step::elsewhere(&visit, None);
            Ok(visit.go(&page))
        }
    }
}

pub async fn save(posted: Posted) -> Answer {
    let email = posted.text("email").to_owned();
    let mut visit = posted.visit;
    let Some(cart_id) = step::paid(&visit) else {
        return Ok(visit.go("/cart"));
    };
    let input = update::CartContactUpdateInput {
        cart_id,
        email: email.clone(),
        expected_version: None,
    };
    let data = visit.ask(CartContactUpdate, update::Variables { input }).await?;
    let refused = refusals(&data.changed.ok_or(Problem::Broken)?.user_errors);
    if refused.is_empty() {
        return Ok(visit.go("/checkout"));
    }
    match step::find(&mut visit).await? {
        Some(checkout) => {
            let errors = errors(&visit, &refused);
            form(visit, &checkout, &email, &errors).await
        }
        None => {
            let page = step::elsewhere(&visit, None);
            Ok(visit.go(&page))
        }
    }
}

async fn form(visit: Visit, checkout: &Checkout, email: &str, errors: &Errors) -> Answer {
    let values = Errors::from([("email".to_owned(), email.to_owned())]);
    let more = context! { values => value(&values) };
    step::show(visit, checkout, "contact", errors, more).await
}
