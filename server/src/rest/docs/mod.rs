//! `GET /api/docs`: a page to read the description and to try the facade with. It is all our own and needs no
//! internet.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::rest::state::Rest;

/// Nothing but our own files runs, and it speaks to this server alone.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// `tokens`: the shop's colours, fonts and shapes, as CSS.
pub(in crate::rest) fn routes(tokens: &str) -> Router<Rest> {
    let html = || async { file("text/html; charset=utf-8", include_str!("docs.html")) };
    let styles = format!("{tokens}{}", include_str!("docs.css"));
    let css = move || async move { file("text/css; charset=utf-8", styles) };
    let script = || async { file("text/javascript; charset=utf-8", include_str!("docs.js")) };
    let example = || async { file("text/javascript; charset=utf-8", include_str!("example.js")) };
    Router::new()
        .route("/api/docs", get(html))
        .route("/api/docs/docs.css", get(css))
        .route("/api/docs/docs.js", get(script))
        .route("/api/docs/example.js", get(example))
}

fn file(kind: &'static str, text: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    (headers, text).into_response()
}
