//! `/marketing/{token}`: where marketing mails let one withdraw. A GET shows a button, for programs that look at mails
//! follow their links; a POST withdraws, from the page or, as RFC 8058 has it, from the mail program itself.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use vitrine_commerce::{Context, Error, Shop, customers::consent};

use crate::{
    edge::error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, log_fault, overload},
    pages::html::page,
};

pub fn routes(shop: Shop) -> Router {
    Router::new()
        .route("/marketing/{token}", get(show).post(withdraw))
        .with_state(shop)
}

async fn show(State(shop): State<Shop>, Path(token): Path<String>) -> Response {
    match consent::holder(&shop, &token).await {
        // Without an action it comes back to this very address.
        Ok(_) => page(
            "No more mails",
            "<p>Shall we write to you no more, but about your orders?</p>\n\
             <form method=\"post\"><button>Write no more</button></form>",
        ),
        Err(error) => failed(&error),
    }
}

async fn withdraw(State(shop): State<Shop>, Path(token): Path<String>) -> Response {
    let context = Context::system(&shop, "marketing-unsubscribe");
    match consent::unsubscribe(&shop, &context, &token).await {
        Ok(()) => page(
            "No more mails",
            "<p>We write to you no more, but about your orders.</p>",
        ),
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> Response {
    match error {
        Error::Refused(_) => {
            let answer = page("No such link", "<p>Check that the link is whole.</p>");
            (StatusCode::NOT_FOUND, answer).into_response()
        }
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
