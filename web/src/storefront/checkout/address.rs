//! Where the goods go. Which fields there are follows from the country.

use minijinja::context;

use super::{
    market,
    step::{self, Checkout},
};
use crate::{
    answer::Answer,
    documents::{CartAddressesUpdate, cart_addresses_update as update},
    postal::{self, Values},
    problem::Problem,
    storefront::refusals::{Errors, errors, refusals},
    visit::{Form, Posted, Visit},
};

/// What a form shows.
struct Shown<'a> {
    country: &'a str,
    values: &'a Values,
    /// Whether its fields have changed with the country, and were not looked at since.
    is_switched: bool,
}

pub async fn show(mut visit: Visit) -> Answer {
    let found = step::find(&mut visit).await?;
    let Some(checkout) = found
        .as_ref()
        .filter(|checkout| step::is_reached(&checkout.cart, "address"))
    else {
        let page = step::elsewhere(&visit, found.as_ref());
        return Ok(visit.go(&page));
    };
    let of_cart = checkout.cart.basket.shipping_address.as_ref();
    let of_cart = of_cart.map(|address| (postal::values(address), address.country_code.clone()));
    let usual = checkout.usual_address().map(|saved| &saved.address);
    let usual = usual.map(|address| (postal::values(address), address.country_code.clone()));
    let (values, country) = of_cart.or(usual).unwrap_or_else(|| (Values::new(), here(checkout)));
    let asked = Form::from(visit.uri.query().unwrap_or_default()).some("country");
    let country = asked.unwrap_or(country);
    let shown = Shown {
        country: &country,
        values: &values,
        is_switched: false,
    };
    form(visit, checkout, &shown, &Errors::new()).await
}

/// Where the shopper is, by whose prices the cart goes.
fn here(checkout: &Checkout) -> String {
    let of_cart = checkout.cart.country_code.clone();
    of_cart.unwrap_or_else(|| checkout.shop.country_code.clone())
}

pub async fn save(posted: Posted) -> Answer {
    let (country, typed) = (postal::country(&posted), postal::typed(&posted));
    let is_switched = postal::is_switched(&posted);
    let address = postal::input!(&posted, update);
    let mut visit = posted.visit;
    let Some(checkout) = step::find(&mut visit).await? else {
        let page = step::elsewhere(&visit, None);
        return Ok(visit.go(&page));
    };
    let mut wrong = Errors::new();
    if !is_switched {
        let cart_id = checkout.cart.basket.id.clone();
        let billing = checkout.cart.billing_address.as_ref().map(postal::retyped);
        let input = update::CartAddressesUpdateInput {
            // What is not given is taken away.
            billing_address: billing.map(|billing| postal::input!(&billing, update)),
            billing_address_id: None,
            cart_id: cart_id.clone(),
            expected_version: None,
            shipping_address: Some(address),
            shipping_address_id: None,
        };
        let data = visit.ask(CartAddressesUpdate, update::Variables { input }).await?;
        let refused = refusals(&data.changed.ok_or(Problem::Broken)?.user_errors);
        if refused.is_empty() {
            let from = checkout.cart.country_code.as_deref();
            // What staff put together costs what they said, wherever it is sent.
            let is_moved = checkout.cart.draft.is_none() && market::follow(&mut visit, cart_id, from, &country).await?;
            return Ok(visit.go(match is_moved {
                true => "/checkout/shipping?moved",
                false => "/checkout/shipping",
            }));
        }
        wrong = errors(&visit, &refused);
    }
    let shown = Shown {
        country: &country,
        values: &typed,
        is_switched,
    };
    form(visit, &checkout, &shown, &wrong).await
}

async fn form(visit: Visit, checkout: &Checkout, shown: &Shown<'_>, errors: &Errors) -> Answer {
    let fields = postal::fields(&visit, shown.country, shown.values).await?;
    let fields = context! { is_switched => shown.is_switched, ..fields };
    step::show(visit, checkout, "address", errors, fields).await
}
