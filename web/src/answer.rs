//! Answers to browsers: pages with what they may fetch, redirects, and assets.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{problem::Problem, site::Site, theme::Asset};

/// What a handler gives.
pub type Answer = Result<Response, Problem>;

/// Whose fields a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fields {
    Own,
    /// Other pages of this host in frames.
    Frames,
    /// Stripe's for cards, too: the one thing that comes from elsewhere, where something is paid and Stripe takes it.
    Stripe,
}

/// A page. It is its visitor's alone: nobody on the way keeps it, and a browser asks again.
pub fn page(site: &Site, status: StatusCode, html: String, fields: Fields) -> Response {
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "cookie, accept-language"),
        // With `no-referrer` a browser would not say of its forms where they come from.
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(site, fields));
    response
}

/// Our own styles, scripts and pictures, and forms that come back here.
fn policy(site: &Site, fields: Fields) -> HeaderValue {
    let pictures = site.settings().pictures.as_deref().unwrap_or_default();
    let [scripts, calls, frames, images] = match fields {
        Fields::Own => ["", "", "'none'", ""],
        Fields::Frames => ["", "", "'self'", ""],
        Fields::Stripe => [
            "https://js.stripe.com",
            "https://api.stripe.com",
            "https://js.stripe.com https://hooks.stripe.com",
            "https://*.stripe.com",
        ],
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' {scripts}; style-src 'self'; img-src 'self' {pictures} {images}; font-src \
         'self'; connect-src 'self' {calls}; frame-src {frames}; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// After a form: the browser asks for another page, and a reload sends nothing again.
pub fn see(path: &str) -> Response {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// The browser sends the same request once more, with its form if it has one.
pub fn again(path: &str) -> Response {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response()
}

/// What has moved for good.
pub fn moved(path: &str) -> Response {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response()
}

/// `is_current`: whether the address named this very content.
pub fn asset(asset: &Asset, is_current: bool) -> Response {
    let keep = match is_current {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    (headers, asset.body.clone()).into_response()
}
