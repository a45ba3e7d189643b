//! One request and its answer: whose it is, whether its key was used before; then what it asks for.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::{
    error::PayPalError,
    routes,
    state::{CLIENT_ID, CLIENT_SECRET, State},
};
use crate::stand_in::{Fault, Provider, Reply, Request, Traffic, header_of};

const TOKENS: &str = "/v1/oauth2/token";

impl Provider for State {
    const KEY_HEADER: &'static str = "paypal-request-id";
    const ID_HEADER: &'static str = "paypal-debug-id";

    fn traffic(&mut self) -> &mut Traffic {
        &mut self.traffic
    }

    fn answer_id(number: usize) -> String {
        format!("{number:013x}")
    }

    fn failure(fault: Fault, id: &str) -> Reply {
        let error = match fault {
            Fault::RateLimited => PayPalError::rate_limited(),
            Fault::Forbidden => PayPalError::forbidden(),
            _ => PayPalError::internal(),
        };
        of_error(&error, id)
    }

    fn answer(&mut self, headers: &HeaderMap, request: &Request<'_>, id: &str) -> Reply {
        if request.path == TOKENS {
            return token(self, headers);
        }
        let answered = authorize(self, headers).and_then(|()| routes::route(self, request));
        answered.unwrap_or_else(|error| of_error(&error, id))
    }
}

fn of_error(error: &PayPalError, debug_id: &str) -> Reply {
    (error.status, error.body(debug_id))
}

/// A token for the one client that it knows.
fn token(state: &mut State, headers: &HeaderMap) -> Reply {
    let expected = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    if header_of(headers, header::AUTHORIZATION.as_str()) != Some(expected) {
        let description = "Client Authentication failed";
        return (
            401,
            json!({ "error": "invalid_client", "error_description": description }),
        );
    }
    let token = format!("A21AA{:09}", state.traffic.requests.len());
    state.tokens.insert(token.clone());
    (
        200,
        json!({ "access_token": token, "token_type": "Bearer", "app_id": "APP-1", "expires_in": 32_400 }),
    )
}

fn authorize(state: &State, headers: &HeaderMap) -> Result<(), PayPalError> {
    let given = header_of(headers, header::AUTHORIZATION.as_str()).unwrap_or_default();
    match given.strip_prefix("Bearer ") {
        Some(token) if state.tokens.contains(token) => Ok(()),
        _ => Err(PayPalError::unauthorized()),
    }
}
