//! `/marketing/{token}`: where marketing mails let one withdraw.

use axum::{
    Router,
    extract::{Path, State},
    http::request::Parts,
    response::Response,
    routing::get,
};
use vitrine_commerce::{Context, customers::consent};
use vitrine_web::{Mails, Stop};

use super::Stopping;

pub(super) fn routes() -> Router<Stopping> {
    Router::new().route("/marketing/{token}", get(show).post(withdraw))
}

async fn show(State(stopping): State<Stopping>, Path(token): Path<String>, parts: Parts) -> Response {
    match consent::holder(&stopping.shop, &token).await {
        Ok(_) => stopping.answer(&parts, Stop::Ask(Mails::Marketing)).await,
        Err(error) => stopping.failed(&parts, &error).await,
    }
}

async fn withdraw(State(stopping): State<Stopping>, Path(token): Path<String>, parts: Parts) -> Response {
    let context = Context::system(&stopping.shop, "marketing-unsubscribe");
    match consent::unsubscribe(&stopping.shop, &context, &token).await {
        Ok(()) => stopping.answer(&parts, Stop::Done(Mails::Marketing)).await,
        Err(error) => stopping.failed(&parts, &error).await,
    }
}
