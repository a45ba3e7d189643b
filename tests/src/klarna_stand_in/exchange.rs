//! One request and its answer: whose it is, whether its key was used before; then what it asks for.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::{
    error::KlarnaError,
    routes,
    state::{PASSWORD, State, USERNAME},
};
use crate::stand_in::{Fault, Provider, Reply, Request, Traffic, header_of};

impl Provider for State {
    const KEY_HEADER: &'static str = "klarna-idempotency-key";
    const ID_HEADER: &'static str = "klarna-correlation-id";

    fn traffic(&mut self) -> &mut Traffic {
        &mut self.traffic
    }

    fn answer_id(number: usize) -> String {
        format!("{number:08x}-of-the-stand-in")
    }

    fn failure(fault: Fault, id: &str) -> Reply {
        let error = match fault {
            Fault::RateLimited => KlarnaError::rate_limited(),
            Fault::Forbidden => KlarnaError::forbidden(),
            _ => KlarnaError::internal(),
        };
        of_error(&error, id)
    }

    fn answer(&mut self, headers: &HeaderMap, request: &Request<'_>, id: &str) -> Reply {
        match is_known(headers) {
            // Without a word.
            false => (401, Value::Null),
            true => routes::route(self, request).unwrap_or_else(|error| of_error(&error, id)),
        }
    }
}

fn of_error(error: &KlarnaError, id: &str) -> Reply {
    (error.status, error.body(id))
}

fn is_known(headers: &HeaderMap) -> bool {
    let expected = format!("Basic {}", STANDARD.encode(format!("{USERNAME}:{PASSWORD}")));
    header_of(headers, header::AUTHORIZATION.as_str()) == Some(expected)
}
