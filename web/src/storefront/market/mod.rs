//! `/market`: where the shop sends to, to choose from. With a country it says where the shopper is, and goes back. A cart is
//! priced anew, and shows that it was. Another site that leads here can do no more than that, and the shopper sees it.

use axum::extract::Query;
use minijinja::context;
use serde::Deserialize;

use super::cart;
use crate::{
    answer::Answer,
    documents::{CartMarketUpdate, cart_market_update},
    offered::destinations,
    problem::Problem,
    shown::value,
    visit::{Visit, local},
};

#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    country: String,
    #[serde(default)]
    back: String,
}

pub async fn choose(mut visit: Visit, Query(Choice { country, back }): Query<Choice>) -> Answer {
    if country.is_empty() {
        return show(visit, local(&back)).await;
    }
    if !is_code(&country) {
        return Err(Problem::BadForm);
    }
    let mut is_repriced = false;
    if let Some(cart_id) = cart::id(&visit) {
        is_repriced = reprice(&visit, cart_id, &country).await?;
    }
    visit.stay_in(&country);
    Ok(visit.go(if is_repriced { "/cart?moved" } else { local(&back) }))
}

async fn show(visit: Visit, back: &str) -> Answer {
    let frame = visit.frame().await?;
    let shown = context! {
        destinations => value(&destinations(&frame)),
        back,
        is_indexed => false,
    };
    visit.show("storefront/market/page.html", shown).await
}

/// Prices a cart as in a country. Whether anything costs something else by that. A cart that is gone, or has become an
/// order, is in nobody's way.
pub(super) async fn reprice(visit: &Visit, cart_id: String, country: &str) -> Result<bool, Problem> {
    let input = cart_market_update::CartMarketUpdateInput {
        cart_id,
        country_code: country.to_owned(),
        currency_code: None,
        expected_version: None,
    };
    let variables = cart_market_update::Variables { input };
    let moved = visit.ask(CartMarketUpdate, variables).await?.moved;
    Ok(moved.is_some_and(|moved| !moved.repriced.is_empty()))
}

fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
