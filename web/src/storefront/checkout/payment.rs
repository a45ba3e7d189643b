//! The last step: everything once more, how it is paid, and the button that orders.

use minijinja::context;

use super::{chosen::chosen, step};
use crate::{
    answer::{Answer, Fields},
    documents::{
        CartPlaced, OrderPlace, PurchaseRequestCreate, cart_placed, order_place as document,
        purchase_request_create as ask_document,
    },
    problem::Problem,
    storefront::{
        cart::{self, paying},
        order::sms,
        refusals::{Errors, errors, refusals},
    },
    visit::{Posted, Visit},
};

/// How long the payment's outcome is waited for, in seconds: usually it is there by then.
const WAIT_SECONDS: i64 = 4;

pub async fn show(visit: Visit) -> Answer {
    show_with(visit, Errors::new()).await
}

/// Places the order. Sent again, the form has the same key: it gives the same order and never a second one. Another tab's has a
/// key of its own, and the cart that it shows is an order by then: it leads there.
pub async fn place(posted: Posted) -> Answer {
    let shown = posted.some("cart").or_else(|| step::paid(&posted.visit));
    let Some(cart_id) = shown else {
        return Ok(posted.visit.go("/cart"));
    };
    if let Some(company) = posted.some("ask") {
        return ask(posted, cart_id, &company).await;
    }
    let input = input(&posted, cart_id.clone())?;
    let mobile = posted.some("sms").map(|_| posted.text("mobile").to_owned());
    let mut visit = posted.visit;
    let data = visit.ask(OrderPlace, document::Variables { input }).await?;
    let placed = data.order_place.ok_or(Problem::Broken)?;
    let Some(order) = placed.order else {
        if let Some(order_id) = order_of(&visit, cart_id.clone()).await? {
            return Ok(visit.go(&format!("/orders/{order_id}")));
        }
        let errors = errors(&visit, &refusals(&placed.user_errors));
        return show_with(visit, errors).await;
    };
    if let Some(token) = &placed.order_access_token {
        visit.remember_order(&order.id, token);
    }
    if paying::cart(&visit).as_deref() == Some(cart_id.as_str()) {
        paying::leave(&mut visit);
    } else if cart::id(&visit).as_deref() == Some(cart_id.as_str()) {
        cart::forget(&mut visit);
    }
    let is_taken = match mobile {
        Some(mobile) => sms::agree(&visit, &order.id, placed.order_access_token, mobile).await,
        None => true,
    };
    let told = if is_taken { "" } else { sms::REFUSED };
    Ok(visit.go(&format!("/orders/{}{told}", order.id)))
}

/// Asks the managers of the company to approve the cart, which stays as it is meanwhile.
async fn ask(posted: Posted, cart_id: String, company: &str) -> Answer {
    let input = ask_document::PurchaseRequestCreateInput {
        cart_id,
        expected_cart_version: Some(posted.text("version").parse().map_err(|_| Problem::BadForm)?),
        note: posted.some("note"),
        payment_method: posted.some("method"),
    };
    let visit = posted.visit;
    let data = visit
        .ask(PurchaseRequestCreate, ask_document::Variables { input })
        .await?;
    let refused = refusals(&data.asked.ok_or(Problem::Broken)?.user_errors);
    match refused.is_empty() {
        true => Ok(visit.go(&format!("/account/companies/{company}?done=asked#requests"))),
        false => {
            let errors = errors(&visit, &refused);
            show_with(visit, errors).await
        }
    }
}

/// The order that a cart has become, where this browser may see it.
async fn order_of(visit: &Visit, id: String) -> Result<Option<String>, Problem> {
    let cart = visit.ask(CartPlaced, cart_placed::Variables { id }).await?.cart;
    Ok(cart.and_then(|cart| cart.order).map(|order| order.id))
}

fn input(posted: &Posted, cart_id: String) -> Result<document::OrderPlaceInput, Problem> {
    let policies = posted.all("policy");
    Ok(document::OrderPlaceInput {
        agreed_policy_ids: (!policies.is_empty()).then_some(policies),
        cart_id,
        expected_cart_version: Some(posted.text("version").parse().map_err(|_| Problem::BadForm)?),
        // What the page has shown: whatever has changed since is shown before it is charged.
        expected_total: posted.some("total"),
        idempotency_key: posted.some("key").ok_or(Problem::BadForm)?,
        // A cart that costs nothing asks for none.
        payment_method: posted
            .some("method")
            .map(|_| chosen(posted))
            .map(|chosen| document::PaymentMethodInput {
                method: chosen.method,
                token: chosen.token,
                saved_payment_method_id: chosen.saved,
                save: chosen.save,
            }),
        wait_seconds: Some(WAIT_SECONDS),
    })
}

/// With what was wrong with a form.
pub async fn show_with(mut visit: Visit, errors: Errors) -> Answer {
    let found = step::find(&mut visit).await?;
    match found
        .as_ref()
        .filter(|checkout| step::is_reached(&checkout.cart, "payment"))
    {
        Some(checkout) => {
            let key = visit.site.api().secret();
            let is_free = is_nothing(&checkout.cart.basket.cost.due.amount);
            let mut methods = checkout.shop.payment_methods.iter();
            let with_stripe = !is_free && methods.any(|method| method.publishable_key.is_some());
            let has_credit = cart::has_credit(&visit, &checkout.cart.basket.cost.due.currency_code).await?;
            let visit = if with_stripe {
                visit.with_fields(Fields::Stripe)
            } else {
                visit
            };
            step::show(
                visit,
                checkout,
                "payment",
                &errors,
                context! { key, with_stripe, is_free, has_credit },
            )
            .await
        }
        None => {
            let page = step::elsewhere(&visit, found.as_ref());
            Ok(visit.go(&page))
        }
    }
}

/// Whether a decimal has no digit but zeros.
fn is_nothing(amount: &str) -> bool {
    !amount.contains(|digit: char| matches!(digit, '1'..='9'))
}
