//! `GET /pictures/demo/{file}`: the demo shop's pictures, which are drawn and not stored.

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use vitrine_edge::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};

/// An SVG is a document: alone in a tab it must not run anything either.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// A picture changes with the program only.
const CACHE: &str = "public, max-age=86400";

pub fn routes() -> Router {
    Router::new().route("/pictures/demo/{file}", get(picture))
}

async fn picture(Path(file): Path<String>) -> Response {
    let Some(svg) = vitrine_demo::picture(&file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, HeaderValue::from_static(CACHE)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        // Storefronts of other origins show it.
        (CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, svg).into_response()
}
