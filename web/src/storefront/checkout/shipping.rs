//! How the goods come.

use minijinja::context;

use super::step;
use crate::{
    answer::Answer,
    documents::{CartShippingMethodSelect, cart_shipping_method_select as select},
    problem::Problem,
    storefront::refusals::{Errors, errors, refusals},
    visit::{Posted, Visit},
};

pub async fn show(visit: Visit) -> Answer {
    show_with(visit, None).await
}

pub async fn save(posted: Posted) -> Answer {
    let method = posted.some("method").ok_or(Problem::BadForm)?;
    let visit = posted.visit;
    let Some(cart_id) = step::paid(&visit) else {
        return Ok(visit.go("/cart"));
    };
    let input = select::CartShippingMethodSelectInput {
        cart_id,
        expected_version: None,
        shipping_method_id: method,
    };
    let data = visit.ask(CartShippingMethodSelect, select::Variables { input }).await?;
    let refused = refusals(&data.changed.ok_or(Problem::Broken)?.user_errors);
    if refused.is_empty() {
        return Ok(visit.go("/checkout/payment"));
    }
    let errors = errors(&visit, &refused);
    show_with(visit, Some(errors)).await
}

async fn show_with(mut visit: Visit, errors: Option<Errors>) -> Answer {
    let found = step::find(&mut visit).await?;
    match found
        .as_ref()
        .filter(|checkout| step::is_reached(&checkout.cart, "shipping"))
    {
        Some(checkout) => step::show(visit, checkout, "shipping", &errors.unwrap_or_default(), context! {}).await,
        None => {
            let page = step::elsewhere(&visit, found.as_ref());
            Ok(visit.go(&page))
        }
    }
}
