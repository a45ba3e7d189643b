//! What every answer of the server goes through.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware,
    response::Response,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowHeaders, AllowOrigin, CorsLayer, ExposeHeaders},
};

use super::{
    answer::Rejection,
    charge,
    client_address::{TrustedProxies, locate},
    error::{FAULT_MESSAGE, code, log_panic},
    origin,
    request_ids::{Identifying, NewId, REQUEST_ID, identify},
    security_headers::{IsHttps, harden},
    settings::HttpSettings,
};

/// Wraps all routes of the server: ids and a span for every request, CORS, compression, and an
/// answer for a handler that panics.
pub fn finish(routes: Router, settings: &HttpSettings, new_id: impl Fn() -> String + Send + Sync + 'static) -> Router {
    let identifying = Identifying {
        new_id: NewId::new(new_id),
        access_log: settings.access_log,
        tracing: settings.tracing,
    };
    routes
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(CompressionLayer::new())
        .layer(cors(settings))
        .layer(middleware::from_fn_with_state(IsHttps(settings.is_https), harden))
        .layer(middleware::from_fn_with_state(
            TrustedProxies::new(&settings.trusted_proxies),
            locate,
        ))
        .layer(middleware::from_fn_with_state(identifying, identify))
}

/// What GraphQL's clients, event streams, and those who watch for errors or trace requests send by themselves.
const USUAL_HEADERS: [&str; 42] = [
    "apollo-require-preflight",
    "apollographql-client-name",
    "apollographql-client-version",
    "b3",
    "baggage",
    "elastic-apm-traceparent",
    "graphql-client-name",
    "graphql-client-version",
    "graphql-preflight",
    "graphql-require-preflight",
    "if-match",
    "last-event-id",
    "newrelic",
    "pragma",
    "range",
    "request-context",
    "request-id",
    "sentry-trace",
    "traceparent",
    "tracestate",
    "uber-trace-id",
    "x-amzn-trace-id",
    "x-apollo-operation-id",
    "x-apollo-operation-name",
    "x-apollo-operation-type",
    "x-b3-flags",
    "x-b3-parentspanid",
    "x-b3-sampled",
    "x-b3-spanid",
    "x-b3-traceid",
    "x-client-name",
    "x-client-version",
    "x-cloud-trace-context",
    "x-correlation-id",
    "x-datadog-origin",
    "x-datadog-parent-id",
    "x-datadog-sampling-priority",
    "x-datadog-tags",
    "x-datadog-trace-id",
    "x-graphql-client-name",
    "x-graphql-client-version",
    "x-requested-with",
];

/// Nobody's cookies are ever read, so no origin needs credentials.
fn cors(settings: &HttpSettings) -> CorsLayer {
    let origins = settings.clone();
    let is_allowed = move |origin: &HeaderValue, _: &Parts| {
        let origin = origin.to_str();
        origin.is_ok_and(|origin| origin::is_allowed(origin, &origins))
    };
    let allowed = settings.headers_allowed.iter().cloned();
    let exposed = settings.headers_exposed.iter().cloned();
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_allowed))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(AllowHeaders::list(
            allowed
                .chain([
                    header::ACCEPT,
                    header::AUTHORIZATION,
                    header::CONTENT_TYPE,
                    header::ACCEPT_LANGUAGE,
                    header::CACHE_CONTROL,
                    header::IF_NONE_MATCH,
                    REQUEST_ID,
                ])
                .chain(USUAL_HEADERS.map(HeaderName::from_static)),
        ))
        .expose_headers(ExposeHeaders::list(
            exposed
                .chain([REQUEST_ID, header::RETRY_AFTER, header::LOCATION])
                .chain(charge::HEADERS),
        ))
        .max_age(Duration::from_secs(600))
}

fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    log_panic(panic.as_ref());
    Rejection::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL_ERROR, FAULT_MESSAGE).answer()
}
