//! Where the goods go. Which fields there are follows from the country.

use minijinja::context;

use super::step::{self, Checkout};
use crate::{
    answer::Answer,
    documents::{CartAddressesUpdate, cart_addresses_update as update, checkout_page::Postal},
    problem::Problem,
    storefront::{
        cart,
        refusals::{Errors, errors, refusals},
        shown::value,
    },
    visit::{Posted, Visit},
};

/// Whose post needs the state or region.
const WITH_REGION: [&str; 7] = ["AU", "CA", "ES", "IE", "IT", "JP", "US"];
/// Whose post needs no postal code.
const WITHOUT_POSTAL_CODE: [&str; 1] = ["IE"];

/// What a form has of an address, by the input's names.
type Values = Errors;

pub async fn show(mut visit: Visit) -> Answer {
    let found = step::find(&mut visit).await?;
    let Some(checkout) = found
        .as_ref()
        .filter(|checkout| step::is_reached(&checkout.cart, "address"))
    else {
        return Ok(visit.go(&step::elsewhere(found.as_ref())));
    };
    let address = checkout.cart.basket.shipping_address.as_ref();
    let values = address.map(values).unwrap_or_default();
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
    let address = update::MailingAddressInput {
        city: posted.text("city").to_owned(),
        company: posted.some("company"),
        country_code: country.clone(),
        line1: posted.text("line1").to_owned(),
        line2: posted.some("line2"),
        name: posted.text("name").to_owned(),
        phone: posted.some("phone"),
        postal_code: posted.some("postalCode"),
        region: posted.some("region"),
    };
    let typed = NAMES
        .iter()
        .map(|name| ((*name).to_owned(), posted.text(name).to_owned()))
        .collect();
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

const NAMES: [&str; 8] = [
    "name",
    "company",
    "line1",
    "line2",
    "postalCode",
    "city",
    "region",
    "phone",
];

fn values(address: &Postal) -> Values {
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let values = [
        address.name.clone(),
        some(&address.company),
        address.line1.clone(),
        some(&address.line2),
        address.postal_code.clone(),
        address.city.clone(),
        some(&address.region),
        some(&address.phone),
    ];
    NAMES.iter().map(|name| (*name).to_owned()).zip(values).collect()
}

async fn form(visit: Visit, checkout: &Checkout, country: &str, values: &Values, errors: &Errors) -> Answer {
    let more = context! {
        country,
        values => value(values),
        has_region => WITH_REGION.contains(&country),
        has_postal_code => !WITHOUT_POSTAL_CODE.contains(&country),
    };
    step::show(visit, checkout, "address", errors, more).await
}
