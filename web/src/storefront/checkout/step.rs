//! Where a checkout stands, and the frame of its pages.

use axum::http::StatusCode;
use minijinja::{Value, context};

use crate::{
    answer::Answer,
    documents::{
        CheckoutPage,
        checkout_page::{
            CheckoutPageCart, CheckoutPageShop, CheckoutPageViewerAddressesNodes as Saved,
            CheckoutPageViewerSavedPaymentMethods as Card, Variables,
        },
    },
    problem::Problem,
    storefront::{
        capabilities::{self, Can},
        cart::{self, paying},
        refusals::Errors,
        shown::value,
    },
    visit::Visit,
};

/// In their order.
const STEPS: [&str; 4] = ["contact", "address", "shipping", "payment"];

pub struct Checkout {
    pub cart: CheckoutPageCart,
    pub shop: CheckoutPageShop,
    /// Of whoever is signed in.
    pub account_email: Option<String>,
    pub saved: Vec<Saved>,
    can: Can,
    /// The cards that they have saved.
    pub cards: Vec<Card>,
}

impl Checkout {
    /// Where whoever is signed in has goods sent, unless they say otherwise. What is bought for a company goes to a place of it.
    pub fn usual_address(&self) -> Option<&Saved> {
        let usual = self.saved.iter().find(|saved| saved.default_shipping);
        usual.filter(|_| self.cart.company.is_none())
    }
}

/// The cart that is paid: a draft order's, or else the visitor's own.
pub fn paid(visit: &Visit) -> Option<String> {
    paying::cart(visit).or_else(|| cart::id(visit))
}

/// Nothing where there is nothing to check out, or something has to be mended in the cart first.
pub async fn find(visit: &mut Visit) -> Result<Option<Checkout>, Problem> {
    let Some(id) = paid(visit) else {
        return Ok(None);
    };
    let is_own = paying::cart(visit).is_none();
    let data = visit.ask(CheckoutPage, Variables { id }).await?;
    let Some(found) = data.cart.filter(|found| !found.basket.completed) else {
        if is_own {
            cart::forget(visit);
        }
        return Ok(None);
    };
    let can = capabilities::of(visit).await?;
    if is_own && data.viewer.is_none() && !can.has("guest_checkout") {
        // The cart says that they sign in first.
        return Ok(None);
    }
    let is_blocked = found.basket.problems.iter().any(|problem| problem.line_id.is_some());
    if found.basket.lines.is_empty() || is_blocked {
        return Ok(None);
    }
    if is_own {
        cart::note(visit, &found.basket.id, found.basket.total_quantity);
    }
    let (account_email, addresses, cards) = match data.viewer {
        Some(viewer) => (Some(viewer.email), viewer.addresses, viewer.saved_payment_methods),
        None => (None, None, None),
    };
    Ok(Some(Checkout {
        cart: found,
        shop: data.shop,
        account_email,
        saved: addresses.map(|addresses| addresses.nodes).unwrap_or_default(),
        can,
        cards: cards.unwrap_or_default(),
    }))
}

/// The first step that is missing.
pub fn next(cart: &CheckoutPageCart) -> &'static str {
    let basket = &cart.basket;
    if basket.email.is_none() {
        return "contact";
    }
    if !basket.requires_shipping {
        return "payment";
    }
    match (&basket.shipping_address, &basket.selected_shipping_method) {
        (None, _) => "address",
        (Some(_), None) => "shipping",
        (Some(_), Some(_)) => "payment",
    }
}

/// Those that this cart goes through.
fn steps(cart: &CheckoutPageCart) -> Vec<&'static str> {
    let needed = STEPS.iter().copied();
    needed
        .filter(|step| cart.basket.requires_shipping || matches!(*step, "contact" | "payment"))
        .collect()
}

/// Whether a step may be shown: those before it are done.
pub fn is_reached(cart: &CheckoutPageCart, step: &str) -> bool {
    let place = |step: &str| STEPS.iter().position(|known| *known == step);
    place(step) <= place(next(cart))
}

/// A step's page. `more` is the step's own.
pub async fn show(visit: Visit, checkout: &Checkout, step: &'static str, errors: &Errors, more: Value) -> Answer {
    let cart = &checkout.cart;
    let steps = steps(cart);
    let reached: Vec<_> = steps.iter().copied().filter(|step| is_reached(cart, step)).collect();
    let at = steps.iter().position(|known| *known == step);
    let before = at.and_then(|at| steps.get(at.checked_sub(1)?).copied());
    let shown = context! {
        step,
        steps,
        before,
        reached,
        cart => value(cart),
        saved => value(&checkout.saved),
        cards => value(&checkout.cards),
        is_signed_in => checkout.account_email.is_some(),
        shop => value(&checkout.shop),
        errors => value(errors),
        can => checkout.can.shown(),
        is_checkout => true,
        is_moved => visit.uri.query() == Some("moved"),
        is_indexed => false,
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let template = format!("storefront/checkout/{step}.html");
    visit.show_as(status, &template, context! { ..more, ..shown }).await
}

/// Where somebody who has not come so far goes instead.
pub fn elsewhere(visit: &Visit, checkout: Option<&Checkout>) -> String {
    match checkout {
        Some(checkout) => format!("/checkout/{}", next(&checkout.cart)),
        None => paying::page(visit),
    }
}
