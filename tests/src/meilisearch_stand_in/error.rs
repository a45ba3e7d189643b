//! The errors in the form that Meilisearch gives them.

use axum::{
    Json,
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
    pub(super) fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code,
            kind: "invalid_request",
            message: message.into(),
        }
    }

    pub(super) fn auth(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self {
            status,
            code,
            kind: "auth",
            message: message.to_owned(),
        }
    }

    pub(super) fn internal(message: &str) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "internal",
            kind: "internal",
            message: message.to_owned(),
        }
    }

    pub(super) fn index_not_found(uid: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::invalid("index_not_found", format!("Index `{uid}` not found."))
        }
    }

    pub(super) fn task_not_found(uid: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::invalid("task_not_found", format!("Task `{uid}` not found."))
        }
    }

    pub(super) fn body(&self) -> Value {
        json!({
            "message": self.message,
            "code": self.code,
            "type": self.kind,
            "link": format!("https://docs.meilisearch.com/errors#{}", self.code),
        })
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self.body())).into_response()
    }
}
