//! `POST /orders/{id}/again`: what an order sold, in the cart.

use axum::extract::Path;

use super::show_with;
use crate::{
    answer::Answer,
    documents::{
        OrderReorder,
        order_reorder::{self as document, OrderReorderOrderReorder as Answered},
    },
    problem::Problem,
    storefront::{
        cart,
        refusals::{Refusal, errors, refusals},
    },
    visit::{Posted, Visit},
};

pub async fn again(Path(id): Path<String>, posted: Posted) -> Answer {
    let mut visit = posted.visit;
    let cart = cart::id(&visit);
    let had_cart = cart.is_some();
    let (mut answered, mut refused) = ask(&visit, &id, cart).await?;
    // The cart of before is an order now, or was forgotten.
    if had_cart && cart::is_gone(&refused) {
        (answered, refused) = ask(&visit, &id, None).await?;
    }
    let Some(filled) = answered.cart else {
        let errors = errors(&visit, &refused);
        return show_with(visit, id, errors).await;
    };
    cart::note(&mut visit, &filled.id, filled.total_quantity);
    Ok(visit.go(if answered.left_out.is_empty() {
        "/cart"
    } else {
        "/cart?lacking"
    }))
}

async fn ask(visit: &Visit, id: &str, cart_id: Option<String>) -> Result<(Answered, Vec<Refusal>), Problem> {
    let input = document::OrderReorderInput {
        access_token: visit.order_token(id),
        cart_id,
        order_id: id.to_owned(),
    };
    let data = visit.ask(OrderReorder, document::Variables { input }).await?;
    let answered = data.order_reorder.ok_or(Problem::Broken)?;
    let refused = refusals(&answered.user_errors);
    Ok((answered, refused))
}
