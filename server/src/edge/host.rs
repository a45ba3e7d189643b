//! A request of HTTP/1.1 names its host, once (RFC 9112, section 3.2): otherwise proxies before the server and the
//! server itself may take it for different ones.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, Version, header, uri::Authority},
    middleware::Next,
    response::Response,
};

use super::{answer::Rejection, error::code};

pub(super) async fn check(request: Request, next: Next) -> Response {
    let hosts: Vec<&HeaderValue> = request.headers().get_all(header::HOST).iter().collect();
    let is_fine = match (request.version(), &hosts[..]) {
        (Version::HTTP_11, []) => false,
        (_, []) => true,
        (_, [host]) => is_host(host),
        _ => false,
    };
    if is_fine {
        return next.run(request).await;
    }
    let message = "The header `Host` must be there once, and name a host.";
    Rejection::new(StatusCode::BAD_REQUEST, code::BAD_REQUEST, message)
        .with_header(header::CONNECTION, "close")
        .answer()
}

/// Whoever asks for an address without a host sends an empty one.
fn is_host(host: &HeaderValue) -> bool {
    let Ok(host) = host.to_str() else { return false };
    host.is_empty() || !host.contains('@') && host.parse::<Authority>().is_ok()
}
