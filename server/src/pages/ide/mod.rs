//! A page to try the API with, in development only. It is all our own and needs no internet.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

/// Nothing but our own files runs, and nobody may frame the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// `/graphql` itself, for a browser.
pub fn page() -> Response {
    file(HTML, include_str!("ide.html"))
}

/// What the page loads. `tokens`: the shop's colours, fonts and shapes, as CSS.
pub fn routes(tokens: &str) -> Router {
    let css = format!("{tokens}{}", include_str!("ide.css"));
    Router::new()
        .route("/graphql/ide.css", get(move || async move { file(CSS, css) }))
        .route(
            "/graphql/ide.js",
            get(|| async { file(JAVASCRIPT, include_str!("ide.js")) }),
        )
        .route(
            "/graphql/explorer.js",
            get(|| async { file(JAVASCRIPT, include_str!("explorer.js")) }),
        )
        .route(
            "/graphql/examples.js",
            get(|| async { file(JAVASCRIPT, include_str!("examples.js")) }),
        )
}

fn file(kind: &'static str, text: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (headers, text).into_response()
}
