//! Mutations that may be repeated: the hook through which the server's own memory of what was asked under an
//! `Idempotency-Key` comes to the edge, and what of an operation is kept and given again.
//!
//! Each field at the top of a mutation is a part of its own: what was done is not done again, and is answered as it was;
//! what failed without having done anything is done now.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{Name, PathSegment, Response, ServerError, ServerResult, Value};
use axum::http::{HeaderMap, HeaderName};
use futures::{FutureExt, future::BoxFuture};
use serde::{Deserialize, Serialize};

use super::error::{FAULT_MESSAGE, code, code_of, overloaded, request_error};

/// <https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/>
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// When to ask again what somebody is at, in seconds.
pub const IN_PROGRESS_PAUSE_SECONDS: u32 = 1;

/// What a caller reads whose key was used for another request.
pub const REUSED_MESSAGE: &str = "This idempotency key was used for another request. Take a new one.";
pub(super) const CONTRADICTED_MESSAGE: &str = "The header `Idempotency-Key` and the operation's extension `idempotencyKey` name different \
     keys: send one of them, or the same key in both.";
/// What a caller reads while the same is being done.
pub const IN_PROGRESS_MESSAGE: &str =
    "What was asked under this idempotency key is still being done. Ask again in a moment, under the same key.";
/// What a caller reads where nobody kept what became of it.
pub const LOST_MESSAGE: &str = "This was begun under the same idempotency key, and what became of it was not kept: it is \
     not done again under this key. Look at what there is before you ask for it under another one.";

/// The key that a request's head names, for one of its operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadKey {
    /// As it was sent.
    pub(super) sent: String,
    /// Which of a batch's operations it is for: each is a request of its own.
    pub(super) place: Option<usize>,
}

impl HeadKey {
    pub(super) fn into_key(self) -> String {
        match self.place {
            Some(place) => format!("{} {place}", self.sent),
            None => self.sent,
        }
    }
}

/// A key, and what is asked under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    pub key: String,
    /// SHA-256 of what is asked.
    pub hash: Vec<u8>,
}

/// Remembers what was asked under which key. Any closure from [`Keyed`] will do.
pub trait Repeats: Send + Sync {
    fn begin(&self, keyed: Keyed) -> BoxFuture<'static, Result<Arc<dyn Repeat>, NotBegun>>;
}

impl<F, Answer> Repeats for F
where
    F: Fn(Keyed) -> Answer + Send + Sync,
    Answer: Future<Output = Result<Arc<dyn Repeat>, NotBegun>> + Send + 'static,
{
    fn begin(&self, keyed: Keyed) -> BoxFuture<'static, Result<Arc<dyn Repeat>, NotBegun>> {
        self(keyed).boxed()
    }
}

/// A request that is the caller's to do, or to be answered again. Dropped, it is free for whoever repeats it.
pub trait Repeat: Send + Sync {
    /// What was kept of its answer.
    fn answer(&self) -> Option<&[u8]>;

    /// Whether this part of it was done, though no answer to it was kept.
    fn was_done(&self, part: &str) -> bool;

    /// Does a part of it: that it was done is written down with its effect.
    fn within<'a>(&'a self, part: &'a str, work: Resolving<'a>) -> Resolving<'a>;

    /// Keeps the answer, or as much of it as is final.
    fn end<'a>(&'a self, answer: &'a [u8], is_whole: bool) -> BoxFuture<'a, ()>;
}

pub type Resolving<'a> = BoxFuture<'a, ServerResult<Option<Value>>>;

/// Why a request under a key was not taken up.
#[derive(Debug, Clone)]
pub enum NotBegun {
    /// This is no key, and why.
    Invalid(String),
    Reused,
    InProgress,
    Overloaded,
    /// Something is broken; it is logged already.
    Broken,
}

impl From<NotBegun> for ServerError {
    fn from(why: NotBegun) -> Self {
        match why {
            NotBegun::Invalid(message) => request_error(code::IDEMPOTENCY_KEY_INVALID, message),
            NotBegun::Reused => request_error(code::IDEMPOTENCY_KEY_REUSED, REUSED_MESSAGE),
            NotBegun::InProgress => {
                let mut error = request_error(code::REQUEST_IN_PROGRESS, IN_PROGRESS_MESSAGE);
                let extensions = error.extensions.get_or_insert_default();
                extensions.set("retryAfter", IN_PROGRESS_PAUSE_SECONDS);
                error
            }
            NotBegun::Overloaded => overloaded(),
            NotBegun::Broken => request_error(code::INTERNAL_ERROR, FAULT_MESSAGE),
        }
    }
}

/// The key of a request's head, where it has one. What is no key is told once it is known what is asked.
pub(super) fn key_of(headers: &HeaderMap) -> Option<String> {
    let mut sent = headers.get_all(IDEMPOTENCY_KEY).iter();
    let (first, second) = (sent.next()?, sent.next());
    let text = first.to_str().ok().filter(|_| second.is_none()).unwrap_or_default();
    // The draft writes a string of HTTP's structured fields; most clients send it bare.
    let text = text.trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    Some(bare.unwrap_or(text).to_owned())
}

/// An operation under a key, while it runs.
pub(super) struct Repeating {
    repeat: Arc<dyn Repeat>,
    kept: BTreeMap<String, Kept>,
    replayed: Mutex<BTreeSet<String>>,
}

/// What was answered to one of its parts.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    value: Value,
    errors: Vec<ServerError>,
}

impl Repeating {
    pub(super) fn new(repeat: Arc<dyn Repeat>) -> Self {
        let kept = repeat.answer().and_then(|answer| {
            let read = serde_json::from_slice(answer);
            read.inspect_err(|error| tracing::error!(%error, "a kept answer cannot be read"))
                .ok()
        });
        Self {
            kept: kept.unwrap_or_default(),
            repeat,
            replayed: Mutex::default(),
        }
    }

    /// Gives what was answered to the field of this response key, or does what it asks for.
    pub(super) async fn resolve(&self, key: &str, work: Resolving<'_>) -> ServerResult<Option<Value>> {
        if let Some(kept) = self.kept.get(key) {
            let mut replayed = self.replayed.lock().unwrap_or_else(PoisonError::into_inner);
            replayed.insert(key.to_owned());
            return Ok(Some(kept.value.clone()));
        }
        if self.repeat.was_done(key) {
            return Err(request_error(code::OUTCOME_UNKNOWN, LOST_MESSAGE));
        }
        self.repeat.within(key, work).await
    }

    /// Completes the answer by what is given again, and keeps what is final of it.
    pub(super) async fn end(&self, response: &mut Response) {
        let replayed = std::mem::take(&mut *self.replayed.lock().unwrap_or_else(PoisonError::into_inner));
        for key in &replayed {
            let errors = self.kept.get(key).map(|kept| kept.errors.clone());
            response.errors.extend(errors.unwrap_or_default());
        }
        let Value::Object(fields) = &response.data else { return };
        let mut final_ones = BTreeMap::new();
        for (key, value) in fields {
            let errors: Vec<_> = response
                .errors
                .iter()
                .filter(|error| is_under(error, key))
                .cloned()
                .collect();
            if !errors.iter().any(is_open) {
                let value = value.clone();
                final_ones.insert(key.to_string(), Kept { value, errors });
            }
        }
        let is_whole = final_ones.len() == fields.len();
        match serde_json::to_vec(&final_ones) {
            Ok(answer) => self.repeat.end(&answer, is_whole).await,
            Err(error) => tracing::error!(%error, "an answer cannot be kept"),
        }
        if !replayed.is_empty() {
            let names = replayed.into_iter().map(Value::from).collect();
            let told = [(Name::new("replayed"), Value::List(names))].into_iter().collect();
            response
                .extensions
                .insert("idempotency".to_owned(), Value::Object(told));
        }
    }
}

fn is_under(error: &ServerError, key: &str) -> bool {
    matches!(error.path.first(), Some(PathSegment::Field(name)) if name == key)
}

/// Whether a field failed as a whole by no fault of its caller's: it may work the next time.
fn is_open(error: &ServerError) -> bool {
    let passes = [
        code::INTERNAL_ERROR,
        code::OUTCOME_UNKNOWN,
        code::RATE_LIMITED,
        code::SERVICE_UNAVAILABLE,
        code::TIMEOUT,
    ];
    error.path.len() == 1 && code_of(error).is_none_or(|code| passes.contains(&code))
}
