//! `POST /orders/{id}/push`: this browser is told of the order, or no more. Asked by `push.js`.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    answer::Answer,
    documents::{
        ShopperPushSubscribe, ShopperPushUnsubscribe, shopper_push_subscribe as subscribing,
        shopper_push_unsubscribe as unsubscribing,
    },
    problem::Problem,
    storefront::refusals::{Refusal, refusals},
    visit::Posted,
};

pub async fn tell_browser(Path(id): Path<String>, posted: Posted) -> Answer {
    let input = subscribing::OrderPushSubscribeInput {
        access_token: posted.visit.order_token(&id),
        auth: posted.text("auth").to_owned(),
        endpoint: posted.text("endpoint").to_owned(),
        order_id: id,
        p256dh: posted.text("p256dh").to_owned(),
        push_key: posted.some("key"),
    };
    let variables = subscribing::Variables { input };
    let data = posted.visit.ask(ShopperPushSubscribe, variables).await?;
    let answered = data.order_push_subscribe.ok_or(Problem::Broken)?;
    Ok(status(&refusals(&answered.user_errors)))
}

pub async fn leave_browser(Path(id): Path<String>, posted: Posted) -> Answer {
    let input = unsubscribing::OrderPushUnsubscribeInput {
        access_token: posted.visit.order_token(&id),
        endpoint: posted.text("endpoint").to_owned(),
        order_id: id,
    };
    let variables = unsubscribing::Variables { input };
    let data = posted.visit.ask(ShopperPushUnsubscribe, variables).await?;
    let answered = data.order_push_unsubscribe.ok_or(Problem::Broken)?;
    Ok(status(&refusals(&answered.user_errors)))
}

fn status(refused: &[Refusal]) -> Response {
    match refused.is_empty() {
        true => StatusCode::NO_CONTENT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
    .into_response()
}
