//! What an operation is counted by: the hook through which the server's own notion of who may ask how often comes to
//! the edge, and how its answer tells of it.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{ServerError, parser::types::OperationType};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use futures::{FutureExt, future::BoxFuture};

use super::error::{code, extensions_of, request_error};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");
const STANDING: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// What pages of other origins may read of it.
pub(super) const HEADERS: [HeaderName; 5] = [LIMIT, REMAINING, RESET, STANDING, POLICY];

/// An operation that has passed every check and is about to run.
#[derive(Debug, Clone)]
pub struct Asked {
    pub kind: OperationType,
    /// Its root fields by name, each as often as it runs.
    pub fields: Vec<String>,
    /// In points.
    pub cost: usize,
}

/// Counts an operation. Any closure from [`Asked`] will do. It gives how many points are left of the caller's budget, where
/// there is one.
pub trait Charge: Send + Sync {
    fn charge(&self, asked: Asked) -> BoxFuture<'static, Result<Option<u32>, RateLimited>>;
}

impl<F, Answer> Charge for F
where
    F: Fn(Asked) -> Answer + Send + Sync,
    Answer: Future<Output = Result<Option<u32>, RateLimited>> + Send + 'static,
{
    fn charge(&self, asked: Asked) -> BoxFuture<'static, Result<Option<u32>, RateLimited>> {
        self(asked).boxed()
    }
}

/// It was too often: nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimited {
    pub retry_after_seconds: u64,
}

impl RateLimited {
    pub fn message(self) -> String {
        format!("That was too often: try again in {} seconds.", self.retry_after_seconds)
    }
}

impl From<RateLimited> for ServerError {
    fn from(limited: RateLimited) -> Self {
        let mut error = request_error(code::RATE_LIMITED, limited.message());
        extensions_of(&mut error).set("retryAfterSeconds", limited.retry_after_seconds);
        error
    }
}

/// How a caller stands by one quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub policy: &'static str,
    pub limit: u32,
    /// In which time all of it grows back.
    pub window_seconds: u64,
    pub remaining: u32,
    /// Until all of it is there again.
    pub reset_seconds: u64,
}

/// The standings that a request came by. Stands in its extensions; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Standings(Arc<Mutex<Option<Standing>>>);

impl Standings {
    /// Kept, unless less is left by another.
    pub fn note(&self, standing: Standing) {
        let mut tightest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let share = |standing: &Standing| f64::from(standing.remaining) / f64::from(standing.limit.max(1));
        if tightest.as_ref().is_none_or(|so_far| share(&standing) <= share(so_far)) {
            *tightest = Some(standing);
        }
    }

    /// As the draft of the IETF has them (`RateLimit`, `RateLimit-Policy`), and as its first versions had, which
    /// more clients read.
    pub fn write(&self, headers: &mut HeaderMap) {
        let Some(standing) = *self.0.lock().unwrap_or_else(PoisonError::into_inner) else {
            return;
        };
        let Standing {
            policy,
            limit,
            window_seconds,
            remaining,
            reset_seconds,
        } = standing;
        headers.insert(LIMIT, HeaderValue::from(limit));
        headers.insert(REMAINING, HeaderValue::from(remaining));
        headers.insert(RESET, HeaderValue::from(reset_seconds));
        let written = [
            (STANDING, format!("\"{policy}\";r={remaining};t={reset_seconds}")),
            (POLICY, format!("\"{policy}\";q={limit};w={window_seconds}")),
        ];
        for (name, text) in written {
            // Names of policies are words.
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(name, value);
            }
        }
    }
}

/// `Retry-After`.
pub(super) fn retry_after(headers: &mut HeaderMap, seconds: u64) {
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
}
