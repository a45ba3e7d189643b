//! Counts requests by the address that they come from, before anything else is done with them, and tells with every answer how
//! whoever asked stands.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use vitrine_commerce::{Context, Shop, Viewer, limits::Kind};
use vitrine_edge::{ClientAddress, RateLimited, Rejection, RequestIds, Standings};

use super::counted;

/// What [`count`] needs.
#[derive(Clone)]
pub struct Counting {
    pub shop: Shop,
    /// How the REST facade says it, for the request of this id.
    pub refuse_api: fn(RateLimited, &str) -> Response,
}

/// A layer around all routes, within [`vitrine_edge::finish()`], which says where a request comes from.
pub async fn count(State(counting): State<Counting>, mut request: Request, next: Next) -> Response {
    let standings = Standings::default();
    request.extensions_mut().insert(standings.clone());
    let mut response = match kind(request.uri().path()) {
        None => next.run(request).await,
        Some(kind) => {
            let context = context(&counting.shop, &request);
            match counted(&counting.shop, &context, &standings, &[(kind, 1)]).await {
                Ok(_) => next.run(request).await,
                Err(limited) if request.uri().path().starts_with("/api/") => {
                    (counting.refuse_api)(limited, &context.correlation_id)
                }
                Err(limited) => Rejection::from(limited).into_response(),
            }
        }
    };
    // What caches share says nothing of the one who asked first.
    let cache = response.headers().get(header::CACHE_CONTROL);
    if !cache.is_some_and(|cache| cache.as_bytes().starts_with(b"public")) {
        standings.write(response.headers_mut());
    }
    response
}

/// Nobody is kept from asking how the server does: those who watch it ask most when it has most to do.
fn kind(path: &str) -> Option<Kind> {
    match path.split('/').nth(1).unwrap_or_default() {
        "health" | "metrics" => None,
        "graphql" | "api" => Some(Kind::Request),
        "webhooks" => Some(Kind::Webhook),
        "media" => Some(Kind::Media),
        "downloads" => Some(Kind::Download),
        // A provider's code is tried.
        "auth" if path.ends_with("/callback") => Some(Kind::Code),
        _ => Some(Kind::Page),
    }
}

/// Whoever it is: tokens are looked at later.
fn context(shop: &Shop, request: &Request) -> Context {
    let ids = request.extensions().get::<RequestIds>();
    let correlation_id = ids.map(|ids| ids.correlation_id.clone()).unwrap_or_default();
    Context {
        client_address: request.extensions().get::<ClientAddress>().map(|address| address.0),
        ..Context::new(shop, Viewer::Guest, correlation_id)
    }
}
