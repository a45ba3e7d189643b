//! `/orders/{id}`: an order, how far it is, and what is to be done about it. The links of mails open it.

mod again;
pub mod change;
mod find;
mod push;
pub mod returns;
pub(super) mod sms;

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query, RawQuery},
    http::StatusCode,
};
use minijinja::context;
use serde::Deserialize;

pub use self::{
    again::again,
    find::{find, show_find},
    push::{leave_browser, tell_browser},
    sms::consent as consent_to_sms,
};
use super::{
    capabilities,
    checkout::chosen,
    refusals::{Errors, errors, refusals},
    shown::value,
};
use crate::{
    answer::{Answer, Fields},
    documents::{
        OrderLive, OrderPage, OrderPaymentRetry, ShopperOrderCancel, order_live, order_page, order_page::OrderStatus,
        order_payment_retry as retry_document, shopper_order_cancel as cancel_document,
    },
    problem::Problem,
    visit::{Form, Posted, Visit},
};

/// How long the payment's outcome is waited for, in seconds.
const WAIT_SECONDS: i64 = 4;

/// The token goes from the address into a cookie at once: addresses are seen by many.
pub async fn show(mut visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let led_back = is_led_back(&query);
    if let Some(token) = access_token(&query) {
        visit.remember_order(&id, &token);
        let led_back = if led_back { "?led_back=1" } else { "" };
        return Ok(visit.go(&format!("/orders/{id}{led_back}")));
    }
    let mut errors = Errors::new();
    if named(&query, "mobile") {
        // Given at the checkout.
        errors.insert("mobile".to_owned(), visit.say("error.field.mobile"));
    }
    show_as(visit, id, (errors, &Form::from("")), led_back).await
}

/// The first of its name is ours: who leads the shopper back from paying may have added a `token` of its own.
fn access_token(query: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let (_, token) = pairs.find(|(name, _)| name == "token")?;
    Some(token.into_owned())
}

/// Whether the shopper comes from the pages of whoever takes the payment, where they have agreed to it: the shop will hear
/// of it in a moment.
fn is_led_back(query: &str) -> bool {
    // PayPal's word, and ours for it.
    named(query, "PayerID") || named(query, "led_back")
}

fn named(query: &str, wanted: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == wanted)
}

pub(super) async fn show_with(visit: Visit, id: String, errors: Errors) -> Answer {
    show_as(visit, id, (errors, &Form::from("")), false).await
}

/// With what a form had that was refused.
async fn show_refused(visit: Visit, id: String, errors: Errors, typed: &Form) -> Answer {
    show_as(visit, id, (errors, typed), false).await
}

async fn show_as(visit: Visit, id: String, (errors, typed): (Errors, &Form), led_back: bool) -> Answer {
    let token = visit.order_token(&id);
    let query = Form::from(visit.uri.query().unwrap_or_default());
    let before = query.some("before");
    let is_newest = before.is_none();
    let variables = order_page::Variables { id, token, before };
    let data = visit.ask(OrderPage, variables).await?;
    let Some(order) = &data.order else {
        return unopened(visit).await;
    };
    let edges = order
        .timeline
        .as_ref()
        .map(|timeline| timeline.edges.as_slice())
        .unwrap_or_default();
    let last = edges.last();
    let is_over = matches!(order.status, OrderStatus::Completed | OrderStatus::Cancelled);
    let can = capabilities::of(&visit).await?;
    let is_open = !is_over || order.returns.iter().any(|back| back.closed_at.is_none());
    // Whoever looks at what was before is not taken away from it.
    let is_followed = is_open && is_newest;
    let with_stripe = needs_stripe(&data, order);
    let visit = if with_stripe {
        visit.with_fields(Fields::Stripe)
    } else {
        visit
    };
    let viewer = data.viewer.iter();
    let typed: BTreeMap<_, _> = typed.pairs().collect();
    let cards: Vec<_> = viewer
        .flat_map(|viewer| viewer.saved_payment_methods.iter().flatten())
        .collect();
    let shown = context! {
        with_stripe,
        order => value(order),
        is_waiting => is_waiting(order),
        led_back,
        is_signed_in => visit.is_signed_in(),
        shop => value(&data.shop),
        cards => value(&cards),
        events => value(&edges.iter().rev().map(|edge| &edge.node).collect::<Vec<_>>()),
        cursor => last.map_or("", |edge| edge.cursor.as_str()),
        known => last.map_or(0, |edge| edge.node.number),
        is_followed,
        is_live => is_followed && can.has("live_updates"),
        is_newest,
        can => can.shown(),
        can_return => can.has("returns") && order.returnable.iter().any(|row| row.quantity > 0),
        key => visit.site.api().secret(),
        errors => value(&errors),
        typed => value(&typed),
        is_indexed => false,
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    visit.show_as(status, "storefront/order/page.html", shown).await
}

/// For an order that there is not, and for one that is somebody else's until they show that it is theirs: the same.
pub(super) async fn unopened(visit: Visit) -> Answer {
    let shown = context! {
        is_signed_in => visit.is_signed_in(),
        is_indexed => false,
    };
    visit
        .show_as(StatusCode::NOT_FOUND, "storefront/order/unopened.html", shown)
        .await
}

/// Whether it is the shopper's turn: there is nothing to thank for yet.
fn is_waiting(order: &order_page::OrderPageOrder) -> bool {
    let asks = order.payment.as_ref().is_some_and(|payment| payment.action.is_some());
    asks || order.payment_retryable
}

/// Whether something is to be paid or confirmed here with Stripe's own fields.
fn needs_stripe(data: &order_page::ResponseData, order: &order_page::OrderPageOrder) -> bool {
    let mut methods = data.shop.payment_methods.iter();
    let action = order.payment.as_ref().and_then(|payment| payment.action.as_ref());
    let asks = action.is_some_and(|action| action.client_secret.is_some() && action.publishable_key.is_some());
    asks || order.payment_retryable && methods.any(|method| method.publishable_key.is_some())
}

/// `GET /orders/{id}/live`: says that something has happened; the page is read again then.
pub async fn live(visit: Visit, Path(id): Path<String>, Query(after): Query<After>) -> Answer {
    let token = visit.order_token(&id);
    let after = after.after.filter(|after| !after.is_empty());
    visit
        .follow(OrderLive, order_live::Variables { id, token, after })
        .await
}

#[derive(Deserialize)]
pub struct After {
    after: Option<String>,
}

/// `POST /orders/{id}/retry`: another payment for it.
pub async fn retry(Path(id): Path<String>, posted: Posted) -> Answer {
    let chosen = chosen(&posted);
    let input = retry_document::OrderPaymentRetryInput {
        access_token: posted.visit.order_token(&id),
        idempotency_key: posted.some("key"),
        order_id: id.clone(),
        payment_method: retry_document::PaymentMethodInput {
            method: chosen.method,
            token: chosen.token,
            saved_payment_method_id: chosen.saved,
            save: chosen.save,
        },
        wait_seconds: Some(WAIT_SECONDS),
    };
    let visit = posted.visit;
    let data = visit
        .ask(OrderPaymentRetry, retry_document::Variables { input })
        .await?;
    let refused = refusals(&data.order_payment_retry.ok_or(Problem::Broken)?.user_errors);
    if refused.is_empty() {
        return Ok(visit.go(&format!("/orders/{id}")));
    }
    let errors = errors(&visit, &refused);
    show_with(visit, id, errors).await
}

/// `POST /orders/{id}/cancel`: gives it up. What was paid is paid back.
pub async fn cancel(Path(id): Path<String>, posted: Posted) -> Answer {
    let input = cancel_document::OrderCancelInput {
        access_token: posted.visit.order_token(&id),
        order_id: id.clone(),
        reason: posted.some("reason"),
    };
    let visit = posted.visit;
    let data = visit
        .ask(ShopperOrderCancel, cancel_document::Variables { input })
        .await?;
    let refused = refusals(&data.order_cancel.ok_or(Problem::Broken)?.user_errors);
    if refused.is_empty() {
        return Ok(visit.go(&format!("/orders/{id}")));
    }
    let errors = errors(&visit, &refused);
    show_with(visit, id, errors).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_token_of_an_address_opens_the_order() {
        let led_back = access_token("token=ours&token=5O190127TN364715T&PayerID=X");
        assert_eq!(led_back.as_deref(), Some("ours"));
        assert_eq!(access_token("a=b&token=our%2Bs").as_deref(), Some("our+s"));
        assert_eq!(access_token("").or(access_token("tokens=1")), None);
        assert!(is_led_back("token=a&PayerID=X") && !is_led_back("token=a&token=b"));
    }
}
