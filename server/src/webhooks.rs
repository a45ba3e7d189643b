//! `POST /webhooks/{provider}`: what a payment provider tells by itself, and `POST /webhooks/carriers/{carrier}`: what a
//! carrier tells of parcels. The raw body is what was signed, so nothing parses it on the way.
//!
//! 2xx means that it was stored, and need not come again; 400 and 404 that it never will be;
//! 5xx that it should come again.

use std::collections::HashMap;

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use vitrine_commerce::{
    Context, Shop,
    fulfilment::parcels::{self, CarrierWebhookRefused},
    payments::{self, WebhookRefused},
    ports::payment::WebhookError,
};
use vitrine_edge::{RequestIds, error::log_fault};

/// More than any provider sends; a longer one is answered with 413.
const BODY_BYTES_MAX: usize = 256 * 1024;

pub fn routes(shop: Shop) -> Router {
    Router::new()
        .route("/webhooks/{provider}", post(receive))
        .route("/webhooks/carriers/{carrier}", post(receive_of_carrier))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(shop)
}

async fn receive(
    State(shop): State<Shop>,
    Path(provider): Path<String>,
    Extension(ids): Extension<RequestIds>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let context = Context {
        traceparent: ids.traceparent,
        ..Context::system(&shop, ids.correlation_id)
    };
    let headers = readable(&headers);
    match payments::webhook(&shop, &context, &provider, &headers, &body).await {
        Ok(()) => StatusCode::OK,
        Err(WebhookRefused::UnknownProvider) => StatusCode::NOT_FOUND,
        Err(WebhookRefused::Refused(error @ WebhookError::Unverified(_))) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a webhook could not be verified"
            );
            StatusCode::SERVICE_UNAVAILABLE
        }
        Err(WebhookRefused::Refused(error)) => {
            tracing::warn!(%error, "a webhook was refused");
            StatusCode::BAD_REQUEST
        }
        Err(WebhookRefused::Fault(error)) => {
            log_fault(&error);
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

async fn receive_of_carrier(
    State(shop): State<Shop>,
    Path(carrier): Path<String>,
    Extension(ids): Extension<RequestIds>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let context = Context {
        traceparent: ids.traceparent,
        ..Context::system(&shop, ids.correlation_id)
    };
    match parcels::webhook(&shop, &context, &carrier, &readable(&headers), &body).await {
        Ok(()) => StatusCode::OK,
        Err(CarrierWebhookRefused::UnknownCarrier) => StatusCode::NOT_FOUND,
        Err(CarrierWebhookRefused::Refused(error)) => {
            tracing::warn!(%error, "a carrier's webhook was refused");
            StatusCode::BAD_REQUEST
        }
        Err(CarrierWebhookRefused::Fault(error)) => {
            log_fault(&error);
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// The headers by their names in lower case; one that is not text signs nothing.
fn readable(headers: &HeaderMap) -> HashMap<String, String> {
    let pairs = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
