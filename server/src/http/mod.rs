//! The edge: GraphQL over HTTP, Server-Sent Events and WebSockets, health, and what every answer
//! carries. It knows no schema of the shop: [`GraphqlEndpoint`] takes any executor, an
//! [`Authenticate`] hook says who asks, and [`finish`] wraps whatever routes the server has.

mod answer;
mod authenticate;
mod correlation;
mod decode;
pub mod dev_mail;
pub mod dev_order;
pub mod dev_payments;
mod drain;
mod execution;
mod graphql;
pub mod health;
pub mod home;
mod ide;
pub mod metrics;
mod negotiate;
mod origin;
mod page;
pub mod pictures;
pub mod rest;
mod serve;
mod settings;
mod sse;
pub mod webhooks;
mod websocket;

use std::{any::Any, sync::Arc, time::Duration};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware,
    response::Response,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
};
use vitrine_commerce::ports::IdSource;

pub use answer::Rejection;
pub use authenticate::{Admission, AuthError, Authenticate, Caller};
pub use correlation::RequestIds;
pub use drain::Drain;
pub use graphql::GraphqlEndpoint;
pub use serve::serve;
pub use settings::{HttpSettings, SocketSettings};

use crate::graphql::error::{FAULT_MESSAGE, code};

/// Wraps all routes of the server: ids and a span for every request, CORS, compression, and an
/// answer for a handler that panics.
pub fn finish(routes: Router, settings: &HttpSettings, ids: Arc<dyn IdSource>) -> Router {
    routes
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(CompressionLayer::new())
        .layer(cors(settings))
        .layer(middleware::from_fn_with_state(ids, correlation::accompany))
}

/// Nobody's cookies are ever read, so no origin needs credentials.
fn cors(settings: &HttpSettings) -> CorsLayer {
    let origins = settings.origins_allowed.iter();
    let origins = origins.filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("idempotency-key"),
            HeaderName::from_static("last-event-id"),
            HeaderName::from_static("order-access-token"),
            HeaderName::from_static("traceparent"),
            correlation::REQUEST_ID,
        ])
        .expose_headers([
            correlation::REQUEST_ID,
            header::RETRY_AFTER,
            header::LOCATION,
            HeaderName::from_static("idempotent-replayed"),
        ])
        .max_age(Duration::from_secs(600))
}

fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    // Logs it; the answer is built below with the status that belongs to it.
    let _ = crate::graphql::error::panicked(panic.as_ref());
    Rejection::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL_ERROR, FAULT_MESSAGE).answer()
}
