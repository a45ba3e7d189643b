//! Where the bill goes, if elsewhere than the goods.

use minijinja::context;

use super::step::{self, Checkout};
use crate::{
    answer::Answer,
    documents::{CartAddressesUpdate, cart_addresses_update as update},
    postal::{self, Values},
    problem::Problem,
    storefront::refusals::{Errors, errors, refusals},
    visit::{Form, Posted, Visit},
};

pub async fn show(mut visit: Visit) -> Answer {
    let found = step::find(&mut visit).await?;
    let reached = found.as_ref().filter(|found| step::is_reached(&found.cart, "payment"));
    let Some(checkout) = reached else {
        let page = step::elsewhere(&visit, found.as_ref());
        return Ok(visit.go(&page));
    };
    let known = checkout.cart.billing_address.as_ref();
    let values = known.map(postal::values).unwrap_or_default();
    let asked = Form::from(visit.uri.query().unwrap_or_default()).some("country");
    let nearest = known.or(checkout.cart.basket.shipping_address.as_ref());
    let country = asked.or_else(|| nearest.map(|address| address.country_code.clone()));
    let country = country.unwrap_or_else(|| checkout.shop.country_code.clone());
    form(visit, checkout, &country, &values, false, &Errors::new()).await
}

/// `POST /checkout/billing`. With `same` the bill goes where the goods go.
pub async fn save(posted: Posted) -> Answer {
    let (country, typed) = (postal::country(&posted), postal::typed(&posted));
    let is_same = posted.some("same").is_some();
    let is_switched = postal::is_switched(&posted) && !is_same;
    let address = postal::input!(&posted, update);
    let mut visit = posted.visit;
    let Some(checkout) = step::find(&mut visit).await? else {
        let page = step::elsewhere(&visit, None);
        return Ok(visit.go(&page));
    };
    let mut wrong = Errors::new();
    if !is_switched {
        let shipping = checkout.cart.basket.shipping_address.as_ref().map(postal::retyped);
        let input = update::CartAddressesUpdateInput {
            billing_address: (!is_same).then_some(address),
            billing_address_id: None,
            cart_id: checkout.cart.basket.id.clone(),
            expected_version: None,
            // What is not given is taken away.
            shipping_address: shipping.map(|shipping| postal::input!(&shipping, update)),
            shipping_address_id: None,
        };
        let data = visit.ask(CartAddressesUpdate, update::Variables { input }).await?;
        let refused = refusals(&data.changed.ok_or(Problem::Broken)?.user_errors);
        if refused.is_empty() {
            return Ok(visit.go("/checkout/payment"));
        }
        wrong = errors(&visit, &refused);
    }
    form(visit, &checkout, &country, &typed, is_switched, &wrong).await
}

async fn form(
    visit: Visit,
    checkout: &Checkout,
    country: &str,
    values: &Values,
    is_switched: bool,
    errors: &Errors,
) -> Answer {
    let fields = postal::fields(&visit, country, values).await?;
    let fields = context! { is_switched, ..fields };
    step::show(visit, checkout, "billing", errors, fields).await
}
