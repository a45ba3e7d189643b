//! Klarna's errors.

use serde_json::{Value, json};

#[derive(Debug)]
pub(super) struct KlarnaError {
    pub(super) status: u16,
    code: &'static str,
    message: String,
}

impl KlarnaError {
    pub(super) fn bad_value(message: impl Into<String>) -> Self {
        Self::new(400, "BAD_VALUE", message)
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "It is not there.")
    }

    /// What an order's state does not allow.
    pub(super) fn not_allowed(code: &'static str) -> Self {
        Self::new(403, code, "The order's state does not allow it.")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(403, "ACCESS_DENIED", "The user may not do this.")
    }

    pub(super) fn conflict() -> Self {
        Self::new(409, "CONFLICT", "The key was used for another request.")
    }

    pub(super) fn rate_limited() -> Self {
        Self::new(429, "TOO_MANY_REQUESTS", "Slow down.")
    }

    pub(super) fn internal() -> Self {
        Self::new(500, "INTERNAL_ERROR", "Something went wrong.")
    }

    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn body(&self, correlation_id: &str) -> Value {
        json!({ "correlation_id": correlation_id, "error_code": self.code, "error_messages": [self.message] })
    }
}
