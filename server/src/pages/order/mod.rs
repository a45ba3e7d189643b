//! `GET /orders/{id}?token=…`: where the links of mails lead unless `shop.order_url` names a
//! storefront. The page follows the order live, through the API, as a storefront would.

use axum::{Router, http::HeaderValue, http::header, response::IntoResponse, response::Response, routing::get};

use crate::pages::html::answer;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; \
                      img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub fn routes() -> Router {
    Router::new()
        .route("/orders/{id}", get(show))
        .route("/orders.js", get(script))
}

async fn show() -> Response {
    answer(include_str!("order.html").to_owned(), POLICY)
}

async fn script() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/javascript; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, include_str!("order.js")).into_response()
}
