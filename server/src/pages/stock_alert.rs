//! `/stock-alerts/{id}?signature=…`: where the mails that tell of goods that are back in stock let one stop them. A
//! GET shows a button, for programs that look at mails follow their links; a POST stops them, from the page or, as
//! RFC 8058 has it, from the mail program itself.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use vitrine_commerce::{Context, Error, Shop, back_in_stock};

use crate::{
    edge::error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, log_fault, overload},
    pages::html::page,
};

pub fn routes(shop: Shop) -> Router {
    Router::new()
        .route("/stock-alerts/{id}", get(show).post(stop))
        .with_state(shop)
}

#[derive(Deserialize)]
struct Signed {
    signature: String,
}

type Asked = Result<Query<Signed>, QueryRejection>;

async fn show(State(shop): State<Shop>, Path(id): Path<String>, signed: Asked) -> Response {
    let (Ok(id), Ok(Query(signed))) = (id.parse(), signed) else {
        return missing();
    };
    match back_in_stock::find(&shop, id, &signed.signature).await {
        // Without an action it comes back to this very address.
        Ok(Some(_)) => page(
            "No more mails",
            "<p>Shall we forget everything that your mail address waits for?</p>\n\
             <form method=\"post\"><button>Tell me no more</button></form>",
        ),
        Ok(None) => missing(),
        Err(error) => failed(&error),
    }
}

async fn stop(State(shop): State<Shop>, Path(id): Path<String>, signed: Asked) -> Response {
    let (Ok(id), Ok(Query(signed))) = (id.parse(), signed) else {
        return missing();
    };
    let context = Context::system(&shop, "stock-alert");
    match back_in_stock::stop(&shop, &context, id, &signed.signature).await {
        Ok(_) => page("No more mails", "<p>Your mail address waits for nothing any more.</p>"),
        Err(error) => failed(&error),
    }
}

fn missing() -> Response {
    let answer = page(
        "No such link",
        "<p>Check that the link is whole. It may also be too old.</p>",
    );
    (StatusCode::NOT_FOUND, answer).into_response()
}

fn failed(error: &Error) -> Response {
    match error {
        Error::Refused(_) => missing(),
        error if error.is_transient() => {
            overload(error);
            (StatusCode::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE).into_response()
        }
        error => {
            log_fault(error);
            (StatusCode::INTERNAL_SERVER_ERROR, FAULT_MESSAGE).into_response()
        }
    }
}
