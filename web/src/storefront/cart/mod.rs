//! `/cart`: what is to be bought. Its forms change it and come back.

mod change;
mod codes;
pub mod paying;

use axum::{http::StatusCode, response::Response};
use minijinja::context;

pub use change::{accept, add, is_gone, remove, update};
pub use codes::{add_code, remove_code};

use super::{
    capabilities,
    refusals::Errors,
    shown::{Crumb, value},
};
use crate::{
    answer::Answer,
    documents::{
        CartOwnCredit, CartPage, cart_own_credit as own_credit,
        cart_page::{Basket, Variables},
    },
    problem::Problem,
    visit::{CART, Visit, YEAR},
};

pub async fn show(visit: Visit) -> Answer {
    show_with(visit, Errors::new()).await
}

/// With what was wrong with a form.
pub async fn show_with(mut visit: Visit, errors: Errors) -> Answer {
    paying::leave(&mut visit);
    let cart = find(&mut visit).await?;
    let crumbs = [Crumb {
        name: visit.say("cart.title"),
        href: "/cart".to_owned(),
    }];
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let can_go_on = cart
        .as_ref()
        .is_some_and(|cart| !cart.lines.is_empty() && !is_blocked(cart));
    let has_credit = match &cart {
        Some(cart) => has_credit(&visit, &cart.cost.due.currency_code).await?,
        None => false,
    };
    let can = capabilities::of(&visit).await?;
    let shown = context! {
        has_credit,
        can => can.shown(),
        needs_sign_in => !visit.is_signed_in() && !can.has("guest_checkout"),
        is_lacking => visit.uri.query() == Some("lacking"),
        is_moved => visit.uri.query() == Some("moved"),
        cart => value(&cart),
        can_go_on,
        last_order => visit.last_order(),
        crumbs => value(&crumbs),
        errors => value(&errors),
        is_indexed => false,
    };
    visit.show_as(status, "storefront/cart/page.html", shown).await
}

/// The visitor's, if there is one that takes changes still. Its number of things is noted.
pub async fn find(visit: &mut Visit) -> Result<Option<Basket>, Problem> {
    let Some(id) = id(visit) else {
        return Ok(None);
    };
    let found = visit.ask(CartPage, Variables { id }).await?.cart;
    let cart = found.filter(|cart| !cart.completed);
    match &cart {
        Some(cart) => note(visit, &cart.id, cart.total_quantity),
        None => forget(visit),
    }
    Ok(cart)
}

/// Whether whoever is signed in has credit of the shop's to pay a cart of this currency with.
pub async fn has_credit(visit: &Visit, currency: &str) -> Result<bool, Problem> {
    if !visit.is_signed_in() {
        return Ok(false);
    }
    let viewer = visit.ask(CartOwnCredit, own_credit::Variables {}).await?.viewer;
    let credits = viewer.and_then(|viewer| viewer.store_credit).unwrap_or_default();
    let is_something = |amount: &str| amount.contains(|digit| matches!(digit, '1'..='9'));
    let mut balances = credits.iter().map(|credit| &credit.balance);
    Ok(balances.any(|balance| balance.currency_code == currency && is_something(&balance.amount)))
}

pub fn id(visit: &Visit) -> Option<String> {
    let cart = visit.cookie(CART)?;
    let id = cart.split_once('.').map_or(cart, |(id, _)| id);
    Some(id.to_owned())
}

/// The cookie's value is written anew only where it changes.
pub fn note(visit: &mut Visit, id: &str, quantity: i64) {
    let noted = format!("{id}.{quantity}");
    if visit.cookie(CART) != Some(&noted) {
        visit.set_cookie(CART, &noted, YEAR);
    }
}

pub fn forget(visit: &mut Visit) {
    visit.set_cookie(CART, "", 0);
}

/// Whether a line has to be mended here before anything else is asked.
pub fn is_blocked(cart: &Basket) -> bool {
    cart.problems.iter().any(|problem| problem.line_id.is_some())
}

/// Back to it.
pub fn back(visit: Visit) -> Response {
    visit.go("/cart")
}
