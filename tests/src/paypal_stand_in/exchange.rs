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
    error::PayPalError,
    routes::{self, Request},
    state::{CLIENT_ID, CLIENT_SECRET, Fault, PayPalRequest, Shared, State},
};
use crate::stand_in::Answering;

const TOKENS: &str = "/v1/oauth2/token";

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
    let key = text_of(&head.headers, "paypal-request-id");
    state.requests.push(PayPalRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        key: key.clone(),
        body: serde_json::from_str(&text).unwrap_or_default(),
    });
    let debug_id = format!("{:013x}", state.requests.len());
    let fault = state.faults.take(method, path);
    let failed = match fault {
        Some(Fault::CutBeforeActing) => return None,
        Some(Fault::ErrorBeforeActing) => Some(unavailable()),
        Some(Fault::RateLimited) => Some(of_error(&PayPalError::rate_limited(), &debug_id)),
        Some(Fault::Forbidden) => Some(of_error(&PayPalError::forbidden(), &debug_id)),
        Some(Fault::CutAfterActing | Fault::ErrorAfterActing) | None => None,
    };
    if let Some((status, body)) = failed {
        return Some(response(status, &body, &debug_id));
    }
    let request = Request {
        method,
        path,
        query: head.uri.query().unwrap_or_default(),
        text: &text,
        key,
        now,
    };
    let (status, body) = match path == TOKENS {
        true => token(&mut state, &head.headers),
        false => match authorize(&state, &head.headers).and_then(|()| routes::route(&mut state, &request)) {
            Ok((status, body)) => (status, body),
            Err(error) => of_error(&error, &debug_id),
        },
    };
    match fault {
        Some(Fault::CutAfterActing) => None,
        Some(Fault::ErrorAfterActing) => {
            let (status, body) = of_error(&PayPalError::internal(), &debug_id);
            Some(response(status, &body, &debug_id))
        }
        _ => Some(response(status, &body, &debug_id)),
    }
}

/// What stands before PayPal says so, and not PayPal.
fn unavailable() -> (u16, Value) {
    (503, json!({ "fault": "no server is available" }))
}

fn of_error(error: &PayPalError, debug_id: &str) -> (u16, Value) {
    (error.status, error.body(debug_id))
}

/// A token for the one client that it knows.
fn token(state: &mut State, headers: &HeaderMap) -> (u16, Value) {
    let expected = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    if text_of(headers, header::AUTHORIZATION.as_str()) != Some(expected) {
        let description = "Client Authentication failed";
        return (
            401,
            json!({ "error": "invalid_client", "error_description": description }),
        );
    }
    let token = format!("A21AA{:09}", state.requests.len());
    state.tokens.insert(token.clone());
    (
        200,
        json!({ "access_token": token, "token_type": "Bearer", "app_id": "APP-1", "expires_in": 32_400 }),
    )
}

fn authorize(state: &State, headers: &HeaderMap) -> Result<(), PayPalError> {
    let given = text_of(headers, header::AUTHORIZATION.as_str()).unwrap_or_default();
    match given.strip_prefix("Bearer ") {
        Some(token) if state.tokens.contains(token) => Ok(()),
        _ => Err(PayPalError::unauthorized()),
    }
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn response(status: u16, body: &Value, debug_id: &str) -> Response<Body> {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in [("content-type", "application/json"), ("paypal-debug-id", debug_id)] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
