//! Errors in the form that Meilisearch gives them.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

#[derive(Debug, Clone)]
pub(super) struct ApiError {
    status: StatusCode,
    code: &'static str,
    kind: &'static str,
    message: String,
}

impl ApiError {
    pub(super) fn invalid(code: &'static str, message: String) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code,
            kind: "invalid_request",
            message,
        }
    }

    pub(super) fn not_found(code: &'static str, message: String) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::invalid(code, message)
        }
    }

    pub(super) fn auth(status: StatusCode, code: &'static str) -> Self {
        Self {
            status,
            code,
            kind: "auth",
            message: "Give the right key.".to_owned(),
        }
    }

    pub(super) fn internal() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "internal",
            kind: "internal",
            message: "The disk is on fire.".to_owned(),
        }
    }

    pub(super) fn body(&self) -> Value {
        let link = format!("https://docs.meilisearch.com/errors#{}", self.code);
        json!({"message": self.message, "code": self.code, "type": self.kind, "link": link})
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, axum::Json(self.body())).into_response()
    }
}
