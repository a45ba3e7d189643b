//! `GET /staff/invitation#…` and `/staff/password-reset#…`: where the links of mails to staff lead unless
//! `shop.staff_url` names a dashboard. The token stands in the fragment, which no log ever sees; the page hands it
//! to the API, as a dashboard would.

use axum::{Router, http::HeaderValue, http::header, response::IntoResponse, response::Response, routing::get};

use crate::pages::html::answer;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub fn routes() -> Router {
    Router::new()
        .route("/staff/invitation", get(show))
        .route("/staff/password-reset", get(show))
        .route("/staff.js", get(script))
}

async fn show() -> Response {
    answer(include_str!("staff.html").to_owned(), POLICY)
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
    (headers, include_str!("staff.js")).into_response()
}
