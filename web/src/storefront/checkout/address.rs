//! Where the goods go. Which fields there are follows from the country.

use super::step::{self, Checkout};
use crate::{
    answer::Answer,
    documents::{CartAddressesUpdate, cart_addresses_update as update},
    postal::{self, Values},
    problem::Problem,
    storefront::{
        cart,
        refusals::{Errors, errors, refusals},
    },
    visit::{Posted, Visit},
};

pub async fn show(mut visit: Visit) -> Answer {
    let found = step::find(&mut visit).await?;
    let Some(checkout) = found
        .as_ref()
        .filter(|checkout| step::is_reached(&checkout.cart, "address"))
    else {
        return Ok(visit.go(&step::elsewhere(found.as_ref())));
    };
    let address = checkout.cart.basket.shipping_address.as_ref();
    let values = address.map(postal::values).unwrap_or_default();
    let asked = form_urlencoded::parse(visit.uri.query().unwrap_or_default().as_bytes());
    let asked = asked
        .into_owned()
        .find(|(name, _)| name == "country")
        .map(|(_, country)| country);
    let country = asked.or_else(|| address.map(|address| address.country_code.clone()));
    let country = country.unwrap_or_else(|| checkout.shop.country_code.clone());
    form(visit, checkout, &country, &values, &Errors::new()).await
}

pub async fn save(posted: Posted) -> Answer {
    let country = posted.text("countryCode").to_owned();
    let address = postal::input!(&posted, update);
    let typed = postal::typed(&posted);
    let mut visit = posted.visit;
    let Some(cart_id) = cart::id(&visit) else {
        return Ok(visit.go("/cart"));
    };
    let input = update::CartAddressesUpdateInput {
        billing_address: None,
        billing_address_id: None,
        cart_id,
        expected_version: None,
        shipping_address: Some(address),
        shipping_address_id: None,
    };
    let data = visit.ask(CartAddressesUpdate, update::Variables { input }).await?;
    let refused = refusals(&data.changed.ok_or(Problem::Broken)?.user_errors);
    if refused.is_empty() {
        return Ok(visit.go("/checkout/shipping"));
    }
    match step::find(&mut visit).await? {
        Some(checkout) => {
            let errors = errors(&visit, &refused);
            form(visit, &checkout, &country, &typed, &errors).await
        }
        None => Ok(visit.go("/cart")),
    }
}

async fn form(visit: Visit, checkout: &Checkout, country: &str, values: &Values, errors: &Errors) -> Answer {
    let fields = postal::fields(&visit, country, values).await?;
    step::show(visit, checkout, "address", errors, fields).await
}
