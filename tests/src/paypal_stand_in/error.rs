//! PayPal's errors.

use serde_json::{Value, json};

#[derive(Debug)]
pub(super) struct PayPalError {
    pub(super) status: u16,
    name: &'static str,
    issue: &'static str,
}

impl PayPalError {
    pub(super) fn invalid(issue: &'static str) -> Self {
        Self::new(400, "INVALID_REQUEST", issue)
    }

    pub(super) fn unprocessable(issue: &'static str) -> Self {
        Self::new(422, "UNPROCESSABLE_ENTITY", issue)
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(403, "NOT_AUTHORIZED", "PERMISSION_DENIED")
    }

    pub(super) fn rate_limited() -> Self {
        Self::new(429, "RATE_LIMIT_REACHED", "TOO_MANY_REQUESTS")
    }

    pub(super) fn internal() -> Self {
        Self::new(500, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR")
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(401, "AUTHENTICATION_FAILURE", "invalid_token")
    }

    fn new(status: u16, name: &'static str, issue: &'static str) -> Self {
        Self { status, name, issue }
    }

    pub(super) fn body(&self, debug_id: &str) -> Value {
        json!({
            "name": self.name, "message": "The request was not done.", "debug_id": debug_id,
            "details": [{ "issue": self.issue, "description": "As PayPal's documents say of it." }],
            "links": [{ "href": "https://developer.paypal.com/docs/api/orders/v2/#error", "rel": "information_link" }],
        })
    }
}
