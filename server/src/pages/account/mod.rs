//! `GET /account/confirm#…` and the like: where the links of mails to shoppers lead unless `mail.account_url` names
//! a storefront. The token stands in the fragment, which no log ever sees; the page hands it to the API, as a
//! storefront would.

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::pages::html::answer;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Those that `account.js` knows.
const PAGES: [&str; 5] = [
    "confirm",
    "password-reset",
    "password-forgotten",
    "email-change",
    "erase",
];

pub fn routes() -> Router {
    Router::new()
        .route("/account/{page}", get(show))
        .route("/account.js", get(script))
}

async fn show(Path(page): Path<String>) -> Response {
    match PAGES.contains(&page.as_str()) {
        true => answer(include_str!("account.html").to_owned(), POLICY),
        false => StatusCode::NOT_FOUND.into_response(),
    }
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
    (headers, include_str!("account.js")).into_response()
}
