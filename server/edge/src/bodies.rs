//! Bodies of routes that take little: read whole before the handler is called, within a size and a time.

use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use super::{decode::read_body, settings::HttpSettings};

/// More than any payment provider's webhook and any form of ours has; a longer one is answered with 413.
const BYTES_MAX: usize = 256 * 1024;

/// What announces too much is refused before a byte of it is read, and what takes too long to come, when its time is over.
pub async fn bound(State(settings): State<HttpSettings>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read_body(body, BYTES_MAX, settings.body_timeout).await {
        Ok(body) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Err(rejection) => rejection.answer(),
    }
}
