//! Answers, and their status.

use std::collections::BTreeMap;

use async_graphql::{BatchResponse, Response as OperationResponse, ServerError, Value};
use async_graphql_axum::GraphQLResponse;
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    charge::{self, RateLimited},
    error::{code, code_of, request_error},
    media::Media,
};

/// How a caller whose token is not valid may mend it (RFC 6750).
pub const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"vitrine\", error=\"invalid_token\"");

/// A request that never came to be an operation.
#[derive(Debug)]
pub struct Rejection {
    status: StatusCode,
    code: &'static str,
    message: String,
    header: Option<(HeaderName, &'static str)>,
    limited: Option<RateLimited>,
}

impl Rejection {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            header: None,
            limited: None,
        }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code::BAD_REQUEST, message)
    }

    #[must_use]
    pub(super) fn with_header(self, name: HeaderName, value: &'static str) -> Self {
        Self {
            header: Some((name, value)),
            ..self
        }
    }

    /// As clients branch on it.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// As clients read it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// As plain JSON, for whoever asked before anything was negotiated.
    pub fn answer(self) -> Response {
        self.answer_as(Media::Json)
    }

    pub(super) fn answer_as(self, media: Media) -> Response {
        let error = match self.limited {
            Some(limited) => limited.into(),
            None => request_error(self.code, self.message),
        };
        let outcome = Outcome::refused(vec![error]);
        let mut response = outcome.answer_with(self.status, media);
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        if let Some(limited) = self.limited {
            charge::retry_after(response.headers_mut(), limited.retry_after_seconds);
        }
        response
    }
}

impl From<RateLimited> for Rejection {
    fn from(limited: RateLimited) -> Self {
        Self {
            limited: Some(limited),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, code::RATE_LIMITED, limited.message())
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        self.answer()
    }
}

/// What became of an operation.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) response: OperationResponse,
    /// Whether it passed every check and ran.
    pub(super) ran: bool,
    /// Whether its fields were executed; the answer has `data` only then, and not where a subscription cannot begin.
    pub(super) has_data: bool,
    /// In which language it is, where that is known.
    pub(super) language: Option<HeaderValue>,
}

impl Outcome {
    pub(super) fn refused(errors: Vec<ServerError>) -> Self {
        Self {
            response: OperationResponse::from_errors(errors),
            ran: false,
            has_data: false,
            language: None,
        }
    }

    pub(super) fn body(&self) -> OutcomeBody<'_> {
        self.body_with(&self.response.extensions)
    }

    pub(super) fn body_with<'a>(&'a self, extensions: &'a BTreeMap<String, Value>) -> OutcomeBody<'a> {
        OutcomeBody {
            errors: &self.response.errors,
            data: self.has_data.then_some(&self.response.data),
            extensions,
        }
    }

    pub(super) fn answer(self, media: Media) -> Response {
        let (status, retry_after, language) = (self.status(media), self.retry_after(), self.language.clone());
        let mut response = self.answer_with(status, media);
        let headers = response.headers_mut();
        if let Some(language) = language {
            headers.insert(header::CONTENT_LANGUAGE, language);
        }
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        if let Some(seconds) = retry_after {
            charge::retry_after(headers, seconds);
        }
        response
    }

    fn answer_with(self, status: StatusCode, media: Media) -> Response {
        let body = (!self.ran).then(|| json(&self.body()));
        let mut response = respond(self.response, body, status, media);
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, CHALLENGE);
        }
        response
    }

    /// A status of HTTP's own where HTTP is at fault; otherwise `application/json` is 200 for any
    /// well-formed request, and `application/graphql-response+json` tells.
    fn status(&self, media: Media) -> StatusCode {
        match self.first_code() {
            _ if self.ran => StatusCode::OK,
            Some(code::METHOD_NOT_ALLOWED) => StatusCode::METHOD_NOT_ALLOWED,
            Some(code::UNAUTHENTICATED) => StatusCode::UNAUTHORIZED,
            Some(code::STREAM_REQUIRED) => StatusCode::NOT_ACCEPTABLE,
            Some(code::TIMEOUT) => StatusCode::GATEWAY_TIMEOUT,
            Some(code::INTERNAL_ERROR) => StatusCode::INTERNAL_SERVER_ERROR,
            Some(code::SERVICE_UNAVAILABLE) => StatusCode::SERVICE_UNAVAILABLE,
            Some(code::RATE_LIMITED) => StatusCode::TOO_MANY_REQUESTS,
            Some(code::REQUEST_IN_PROGRESS) => StatusCode::CONFLICT,
            Some(code::IDEMPOTENCY_KEY_REUSED) => StatusCode::UNPROCESSABLE_ENTITY,
            Some(code::IDEMPOTENCY_KEY_INVALID) => StatusCode::BAD_REQUEST,
            _ if media == Media::Json => StatusCode::OK,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    pub(super) fn first_code(&self) -> Option<&str> {
        self.response.errors.first().and_then(code_of)
    }

    fn retry_after(&self) -> Option<u64> {
        let extensions = self.response.errors.first()?.extensions.as_ref()?;
        let seconds = extensions
            .get("retryAfter")
            .or_else(|| extensions.get("retryAfterSeconds"));
        match seconds? {
            Value::Number(seconds) => seconds.as_u64(),
            _ => None,
        }
    }
}

/// A GraphQL response as the specification writes it: `data` is absent, and not null, where
/// nothing ran.
#[derive(Debug, Serialize)]
pub(super) struct OutcomeBody<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

/// The answer to a batch, whatever became of its operations.
pub(super) fn answer_batch(outcomes: Vec<Outcome>, media: Media) -> Response {
    let all_ran = outcomes.iter().all(|outcome| outcome.ran);
    let body = (!all_ran).then(|| json(&outcomes.iter().map(Outcome::body).collect::<Vec<_>>()));
    let responses: Vec<_> = outcomes.into_iter().map(|outcome| outcome.response).collect();
    respond(BatchResponse::from(responses), body, StatusCode::OK, media)
}

/// As async-graphql-axum answers, with its `Cache-Control`; the media type is the negotiated one.
/// `body` stands in for its own, which cannot leave `data` out.
fn respond(answer: impl Into<GraphQLResponse>, body: Option<Body>, status: StatusCode, media: Media) -> Response {
    let mut response = answer.into().into_response();
    if let Some(body) = body {
        *response.body_mut() = body;
    }
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.content_type());
    // Prices, stock and carts: unless the schema says otherwise, an answer is true for the moment.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
}

fn json(body: &impl Serialize) -> Body {
    serde_json::to_vec(body).map_or_else(
        |error| {
            // Only a map with keys other than strings could fail, and there is none.
            tracing::error!(%error, "an answer could not be written as JSON");
            Body::empty()
        },
        Body::from,
    )
}
