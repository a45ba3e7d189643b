//! Has the older system answer.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use vitrine_commerce::ports::legacy::{Answered, Forwarded, LegacyError};

use crate::rest::{
    extract::RestRequest,
    problem::{details::Problem, kind},
    state::Rest,
};

/// A request of this one's, to be answered there.
pub(super) fn request(request: &RestRequest, method: &'static str, path: String) -> Forwarded {
    Forwarded {
        method,
        path,
        token: None,
        idempotency_key: request.key_if_sent().map(str::to_owned),
        body: Vec::new(),
        correlation_id: request.context.correlation_id.clone(),
    }
}

/// What is answered there.
///
/// # Errors
/// `SERVICE_UNAVAILABLE` where it gives no answer: the same request may be sent again.
pub(super) async fn ask(rest: &Rest, forwarded: &Forwarded) -> Result<Answered, Problem> {
    // Without it, there are no such addresses.
    let Some(legacy) = &rest.shop.legacy else {
        return Err(Problem::new(kind::NOT_FOUND, "There is nothing here."));
    };
    legacy.forward(forwarded).await.map_err(|error| {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the older system gave a client no answer"
        );
        let detail = match error {
            LegacyError::Unavailable(_) => "The older shop gives no answer. Send the same request again.",
            LegacyError::Refused(_) => "The older shop gave no answer that can be passed on.",
        };
        Problem::new(kind::SERVICE_UNAVAILABLE, detail)
    })
}

/// The answer as it came.
pub(super) fn pass_on(answered: Answered) -> Response {
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let json = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, json)], answered.body).into_response()
}
