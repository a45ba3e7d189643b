//! One request and its answer: whose it is, whether it fails on purpose, whether its key was used before; then what it asks
//! for.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Response, StatusCode, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures::FutureExt;
use serde_json::{Value, json};

use super::{
    error::KlarnaError,
    routes::{self, Request},
    state::{Fault, KlarnaRequest, PASSWORD, Shared, USERNAME},
};
use crate::stand_in::Answering;

/// As the door wants it.
pub(super) fn answering(shared: Arc<Shared>) -> Answering {
    Arc::new(move |head: Parts, body: Bytes| {
        let answer = exchange(&shared, &head, &body);
        async move { answer }.boxed()
    })
}

fn exchange(shared: &Shared, head: &Parts, body: &Bytes) -> Option<Response<Body>> {
    let now = shared.now();
    let mut state = shared.state();
    let text = String::from_utf8_lossy(body).into_owned();
    let (method, path) = (head.method.as_str(), head.uri.path());
    let key = text_of(&head.headers, "klarna-idempotency-key");
    state.requests.push(KlarnaRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        key: key.clone(),
        body: serde_json::from_str(&text).unwrap_or_default(),
    });
    let id = format!("{:08x}-of-the-stand-in", state.requests.len());
    let of_error = |error: &KlarnaError| (error.status, error.body(&id));
    let fault = state.faults.take(method, path);
    let failed = match fault {
        Some(Fault::CutBeforeActing) => return None,
        // What stands before Klarna says so, and not Klarna.
        Some(Fault::ErrorBeforeActing) => Some((503, json!({ "fault": "no server is available" }))),
        Some(Fault::RateLimited) => Some(of_error(&KlarnaError::rate_limited())),
        Some(Fault::Forbidden) => Some(of_error(&KlarnaError::forbidden())),
        Some(Fault::CutAfterActing | Fault::ErrorAfterActing) | None => None,
    };
    if let Some((status, body)) = failed {
        return Some(response(status, &body, &id));
    }
    let request = Request {
        method,
        path,
        query: head.uri.query().unwrap_or_default(),
        text: &text,
        key,
        now,
    };
    let (status, body) = match is_known(&head.headers) {
        // Without a word.
        false => (401, Value::Null),
        true => routes::route(&mut state, &request).unwrap_or_else(|error| of_error(&error)),
    };
    match fault {
        Some(Fault::CutAfterActing) => None,
        Some(Fault::ErrorAfterActing) => {
            let (status, body) = of_error(&KlarnaError::internal());
            Some(response(status, &body, &id))
        }
        _ => Some(response(status, &body, &id)),
    }
}

fn is_known(headers: &HeaderMap) -> bool {
    let expected = format!("Basic {}", STANDARD.encode(format!("{USERNAME}:{PASSWORD}")));
    text_of(headers, header::AUTHORIZATION.as_str()) == Some(expected)
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn response(status: u16, body: &Value, id: &str) -> Response<Body> {
    let text = match body.is_null() {
        true => String::new(),
        false => body.to_string(),
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in [("content-type", "application/json"), ("klarna-correlation-id", id)] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
