//! Requests that may be repeated and have no key of their own in the use case that they call: under an
//! `Idempotency-Key` they are done once, and answered alike for a day.

use std::future::Future;

use axum::{
    body::to_bytes,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::Instrument;
use vitrine_commerce::repeats::Held;
use vitrine_edge::{
    IN_PROGRESS_MESSAGE, IN_PROGRESS_PAUSE_SECONDS, Keyed, LOST_MESSAGE, NotBegun, REUSED_MESSAGE,
    error::{OVERLOAD_MESSAGE, log_fault},
};

use super::{
    checkout::REPLAYED,
    extract::RestRequest,
    problem::{
        details::{Problem, fault_problem},
        kind,
    },
    state::Rest,
};
use crate::repeats;

/// The one part of a request.
const WHOLE: &str = "request";

/// The longest answer that is kept, in bytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What is kept of an answer.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    content_type: Option<String>,
    body: String,
}

/// Does `work`, which `parts` tell from any other, unless it was done under the request's key before. Where there is a
/// key, it is done to its end though nobody waits for it. What is refused was not done: it is looked at anew, and its key may be
/// sent with what is right.
///
/// # Errors
/// What `work` meets; `IDEMPOTENCY_KEY_REUSED`, `REQUEST_IN_PROGRESS`, and `OUTCOME_UNKNOWN` where it was done and its
/// answer is lost.
pub(super) async fn once(
    rest: &Rest,
    request: &RestRequest,
    parts: &[&[u8]],
    work: impl Future<Output = Result<Response, Problem>> + Send + 'static,
) -> Result<Response, Problem> {
    let Some(key) = request.key_if_sent() else {
        return work.await;
    };
    let keyed = Keyed {
        key: key.to_owned(),
        hash: hash(parts),
    };
    let held = repeats::begin(&rest.shop, &request.context, &keyed).await?;
    if let Some(answer) = held.answer() {
        return replay(answer);
    }
    if held.was_done(WHOLE) {
        return Err(Problem::new(kind::OUTCOME_UNKNOWN, LOST_MESSAGE));
    }
    let doing = async move {
        let outcome = held.within(WHOLE, work).await;
        match outcome {
            Ok(response) if response.status().is_success() => keep(held, response).await,
            refused => give_back(held, refused).await,
        }
    };
    let done = tokio::spawn(doing.in_current_span()).await;
    done.unwrap_or_else(|error| {
        log_fault(&error);
        Err(fault_problem())
    })
}

/// What is refused leaves its key free; what broke, or is to be asked again as it is, does not.
async fn give_back(held: Held, refused: Result<Response, Problem>) -> Result<Response, Problem> {
    let status = match &refused {
        Ok(response) => response.status(),
        Err(problem) => problem.status(),
    };
    if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
        held.free().await;
    }
    refused
}

async fn keep(held: Held, response: Response) -> Result<Response, Problem> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER_BYTES_MAX).await.map_err(|error| {
        log_fault(&error);
        fault_problem()
    })?;
    let content_type = parts.headers.get(header::CONTENT_TYPE);
    let kept = Kept {
        status: parts.status.as_u16(),
        content_type: content_type.and_then(|value| value.to_str().ok()).map(str::to_owned),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    match serde_json::to_vec(&kept) {
        Ok(answer) => held.end(&answer, true).await,
        Err(error) => log_fault(&error),
    }
    Ok(Response::from_parts(parts, body.into()))
}

fn replay(answer: &[u8]) -> Result<Response, Problem> {
    let kept: Kept = serde_json::from_slice(answer).map_err(|error| {
        log_fault(&error);
        fault_problem()
    })?;
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = (status, kept.body).into_response();
    let headers = response.headers_mut();
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    headers.remove(header::CONTENT_TYPE);
    if let Some(content_type) = kept.content_type.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    Ok(response)
}

fn hash(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

impl From<NotBegun> for Problem {
    fn from(why: NotBegun) -> Self {
        match why {
            NotBegun::Invalid(message) => Self::new(kind::BAD_REQUEST, message),
            NotBegun::Reused => Self::new(kind::IDEMPOTENCY_KEY_REUSED, REUSED_MESSAGE),
            NotBegun::InProgress => Self::new(kind::REQUEST_IN_PROGRESS, IN_PROGRESS_MESSAGE)
                .retried_after(IN_PROGRESS_PAUSE_SECONDS.into()),
            NotBegun::Overloaded => Self::new(kind::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE),
            NotBegun::Broken => fault_problem(),
        }
    }
}
