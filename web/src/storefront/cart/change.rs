//! What the forms of a cart do.

use super::{back, id, note, show_with};
use crate::{
    answer::Answer,
    documents::{
        CartCreate, CartLinesAdd, CartLinesRemove, CartLinesUpdate, CartPricesAccept, cart_create, cart_lines_add,
        cart_lines_remove, cart_lines_update, cart_prices_accept,
    },
    problem::Problem,
    storefront::refusals::{Refusal, errors, refusals},
    visit::{Open, Posted, Visit},
};

/// As the form's own bounds say it.
const QUANTITY_MAX: i64 = 1_000;

/// As one of the documents takes what a form puts into the cart, each of which has a type of its own.
macro_rules! input_line {
    ($posted:expr, $document:ident) => {{
        let posted: &Posted = $posted;
        let wish = wish(posted);
        let attributes = wish.iter().map(|(key, value)| $document::AttributeInput {
            key: (*key).to_owned(),
            value: value.clone(),
        });
        $document::CartLineInput {
            attributes: (!wish.is_empty()).then(|| attributes.collect()),
            quantity: quantity(posted)?.max(1),
            variant_id: posted.some("variant").ok_or(Problem::BadForm)?,
        }
    }};
}

/// `POST /cart/lines`: puts something into the cart, which is made for it unless there is one.
pub async fn add(Open(posted): Open) -> Answer {
    let (added, new) = (input_line!(&posted, cart_lines_add), input_line!(&posted, cart_create));
    let Posted { visit, .. } = posted;
    if let Some(cart_id) = id(&visit) {
        let input = cart_lines_add::CartLinesAddInput {
            cart_id,
            expected_version: None,
            lines: vec![added],
        };
        let data = visit.ask(CartLinesAdd, cart_lines_add::Variables { input }).await?;
        let changed = data.changed.ok_or(Problem::Broken)?;
        let refused = refusals(&changed.user_errors);
        if !is_gone(&refused) {
            let cart = changed.cart.map(|cart| (cart.id, cart.total_quantity));
            return finish(visit, cart, &refused).await;
        }
    }
    let input = cart_create::CartCreateInput {
        email: None,
        lines: Some(vec![new]),
        locale: Some(visit.language.clone()),
        note: None,
    };
    let data = visit.ask(CartCreate, cart_create::Variables { input }).await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    let cart = changed.cart.map(|cart| (cart.id, cart.total_quantity));
    finish(visit, cart, &refusals(&changed.user_errors)).await
}

/// For whom a gift card is, and of which amount, as the form of its product asks.
fn wish(posted: &Posted) -> Vec<(&'static str, String)> {
    let keys = ["recipientEmail", "recipientName", "senderName", "message", "deliverOn"];
    let said = keys
        .into_iter()
        .filter_map(|key| posted.some(key).map(|said| (key, said)));
    said.chain(posted.amount("amount").map(|amount| ("amount", amount)))
        .collect()
}

/// `POST /cart/update`: another quantity of a line; 0 takes it out.
pub async fn update(posted: Posted) -> Answer {
    let line_id = posted.some("line").ok_or(Problem::BadForm)?;
    let quantity = quantity(&posted)?;
    let Posted { visit, .. } = posted;
    if quantity == 0 {
        return take_out(visit, line_id).await;
    }
    let Some(cart_id) = id(&visit) else {
        return Ok(back(visit));
    };
    let line = cart_lines_update::CartLineUpdateInput {
        attributes: None,
        line_id,
        quantity,
    };
    let input = cart_lines_update::CartLinesUpdateInput {
        cart_id,
        expected_version: None,
        lines: vec![line],
    };
    let data = visit
        .ask(CartLinesUpdate, cart_lines_update::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    let cart = changed.cart.map(|cart| (cart.id, cart.total_quantity));
    finish(visit, cart, &refusals(&changed.user_errors)).await
}

/// `POST /cart/remove`: takes a line out.
pub async fn remove(posted: Posted) -> Answer {
    let line_id = posted.some("line").ok_or(Problem::BadForm)?;
    take_out(posted.visit, line_id).await
}

async fn take_out(visit: Visit, line_id: String) -> Answer {
    let Some(cart_id) = id(&visit) else {
        return Ok(back(visit));
    };
    let input = cart_lines_remove::CartLinesRemoveInput {
        cart_id,
        expected_version: None,
        line_ids: vec![line_id],
    };
    let data = visit
        .ask(CartLinesRemove, cart_lines_remove::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    let cart = changed.cart.map(|cart| (cart.id, cart.total_quantity));
    finish(visit, cart, &refusals(&changed.user_errors)).await
}

/// `POST /cart/prices`: takes the prices as they are now.
pub async fn accept(posted: Posted) -> Answer {
    let Posted { visit, .. } = posted;
    let Some(cart_id) = id(&visit) else {
        return Ok(back(visit));
    };
    let input = cart_prices_accept::CartPricesAcceptInput {
        cart_id,
        expected_version: None,
    };
    let data = visit
        .ask(CartPricesAccept, cart_prices_accept::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    let cart = changed.cart.map(|cart| (cart.id, cart.total_quantity));
    finish(visit, cart, &refusals(&changed.user_errors)).await
}

async fn finish(mut visit: Visit, cart: Option<(String, i64)>, refused: &[Refusal]) -> Answer {
    if let Some((id, quantity)) = cart {
        note(&mut visit, &id, quantity);
    }
    match refused.is_empty() {
        true => Ok(back(visit)),
        false => {
            let errors = errors(&visit, refused);
            show_with(visit, errors).await
        }
    }
}

/// Whether another cart has to begin: this one became an order, or was cleared away.
pub fn is_gone(refused: &[Refusal]) -> bool {
    refused
        .iter()
        .any(|refusal| refusal.is_about_cart() && matches!(refusal.code.as_str(), "NOT_FOUND" | "CART_COMPLETED"))
}

fn quantity(posted: &Posted) -> Result<i64, Problem> {
    let quantity = posted.text("quantity").parse::<i64>().map_err(|_| Problem::BadForm)?;
    Ok(quantity.clamp(0, QUANTITY_MAX))
}
