//! `/stock-alerts/{id}?signature=…`: where the mails that tell of goods that are back in stock let one stop them.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::request::Parts,
    response::Response,
    routing::get,
};
use serde::Deserialize;
use vitrine_commerce::{Context, back_in_stock};
use vitrine_web::{Mails, Stop};

use super::Stopping;

pub(super) fn routes() -> Router<Stopping> {
    Router::new().route("/stock-alerts/{id}", get(show).post(stop))
}

#[derive(Deserialize)]
struct Signed {
    signature: String,
}

type Asked = Result<Query<Signed>, QueryRejection>;

async fn show(State(stopping): State<Stopping>, Path(id): Path<String>, signed: Asked, parts: Parts) -> Response {
    let (Ok(id), Ok(Query(signed))) = (id.parse(), signed) else {
        return stopping.answer(&parts, Stop::Missing).await;
    };
    match back_in_stock::find(&stopping.shop, id, &signed.signature).await {
        Ok(Some(_)) => stopping.answer(&parts, Stop::Ask(Mails::StockAlerts)).await,
        Ok(None) => stopping.answer(&parts, Stop::Missing).await,
        Err(error) => stopping.failed(&parts, &error).await,
    }
}

async fn stop(State(stopping): State<Stopping>, Path(id): Path<String>, signed: Asked, parts: Parts) -> Response {
    let (Ok(id), Ok(Query(signed))) = (id.parse(), signed) else {
        return stopping.answer(&parts, Stop::Missing).await;
    };
    let context = Context::system(&stopping.shop, "stock-alert");
    match back_in_stock::stop(&stopping.shop, &context, id, &signed.signature).await {
        Ok(_) => stopping.answer(&parts, Stop::Done(Mails::StockAlerts)).await,
        Err(error) => stopping.failed(&parts, &error).await,
    }
}
