//! What a business or a giver adds to an order: a VAT number, the number of its own, and a message to whoever is given the goods.

use minijinja::context;

use super::step::{self, Checkout};
use crate::{
    answer::Answer,
    documents::{
        CartGift, CartPurchaseOrder, CartTaxId, cart_gift as gift, cart_purchase_order as purchase_order,
        cart_tax_id as tax_id,
    },
    problem::Problem,
    storefront::{
        refusals::{Errors, errors, refusals},
        shown::value,
    },
    visit::{Posted, Visit},
};

pub async fn show(mut visit: Visit) -> Answer {
    let found = step::find(&mut visit).await?;
    let reached = found.as_ref().filter(|found| step::is_reached(&found.cart, "payment"));
    let Some(checkout) = reached else {
        let page = step::elsewhere(&visit, found.as_ref());
        return Ok(visit.go(&page));
    };
    let number = checkout.cart.tax_id.as_ref().map(|known| known.number.as_str());
    let message = checkout.cart.gift_message.as_deref();
    let order = checkout.cart.purchase_order_number.as_deref();
    let values = values(
        number.unwrap_or_default(),
        message.unwrap_or_default(),
        order.unwrap_or_default(),
    );
    form(visit, checkout, &values, &Errors::new()).await
}

/// `POST /checkout/extras`. What is empty is taken away.
pub async fn save(posted: Posted) -> Answer {
    let (number, message) = (posted.some("taxId"), posted.some("message"));
    let order = posted.some("number");
    let typed = values(posted.text("taxId"), posted.text("message"), posted.text("number"));
    let mut visit = posted.visit;
    let Some(checkout) = step::find(&mut visit).await? else {
        let page = step::elsewhere(&visit, None);
        return Ok(visit.go(&page));
    };
    let cart_id = || checkout.cart.basket.id.clone();
    let mut refused = Vec::new();
    let known = checkout.cart.tax_id.as_ref().map(|known| &known.number);
    // A number that stays is not looked up again.
    if number.as_ref() != known {
        let input = tax_id::CartTaxIdUpdateInput {
            cart_id: cart_id(),
            expected_version: None,
            tax_id: number,
        };
        let data = visit.ask(CartTaxId, tax_id::Variables { input }).await?;
        refused.extend(refusals(&data.changed.ok_or(Problem::Broken)?.user_errors));
    }
    if order != checkout.cart.purchase_order_number {
        let input = purchase_order::CartPurchaseOrderUpdateInput {
            cart_id: cart_id(),
            expected_version: None,
            number: order,
        };
        let data = visit
            .ask(CartPurchaseOrder, purchase_order::Variables { input })
            .await?;
        refused.extend(refusals(&data.changed.ok_or(Problem::Broken)?.user_errors));
    }
    let input = gift::CartGiftMessageUpdateInput {
        cart_id: cart_id(),
        expected_version: None,
        message,
    };
    let data = visit.ask(CartGift, gift::Variables { input }).await?;
    refused.extend(refusals(&data.changed.ok_or(Problem::Broken)?.user_errors));
    if refused.is_empty() {
        return Ok(visit.go("/checkout/payment"));
    }
    let errors = errors(&visit, &refused);
    form(visit, &checkout, &typed, &errors).await
}

fn values(tax_id: &str, message: &str, order: &str) -> Errors {
    Errors::from([
        ("taxId".to_owned(), tax_id.to_owned()),
        ("message".to_owned(), message.to_owned()),
        ("number".to_owned(), order.to_owned()),
    ])
}

async fn form(visit: Visit, checkout: &Checkout, values: &Errors, errors: &Errors) -> Answer {
    let more = context! { values => value(values) };
    step::show(visit, checkout, "extras", errors, more).await
}
