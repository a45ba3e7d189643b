//! Which error goes where: what the caller can mend inside a mutation is data of its payload and
//! never comes here; what is wrong with the document or the request is a GraphQL error with a code
//! of its own; everything else is a fault, logged once, and shown as [`code::INTERNAL_ERROR`] with
//! nothing of the inside.

use std::{any::Any, error::Error as StdError};

use async_graphql::{Error, ErrorExtensionValues, ErrorExtensions, Pos, ServerError, Value};

/// The stable values of `extensions.code`. Clients branch on them.
pub mod code {
    pub const BAD_REQUEST: &str = "BAD_REQUEST";
    pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
    pub const BATCH_NOT_ALLOWED: &str = "BATCH_NOT_ALLOWED";
    pub const BATCH_TOO_LARGE: &str = "BATCH_TOO_LARGE";
    pub const BODY_TOO_LARGE: &str = "BODY_TOO_LARGE";
    /// Only trusted documents are run, and this is none.
    pub const DOCUMENT_NOT_TRUSTED: &str = "DOCUMENT_NOT_TRUSTED";
    pub const FRAGMENT_CYCLE: &str = "FRAGMENT_CYCLE";
    pub const GRAPHQL_PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
    pub const GRAPHQL_VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
    /// What came as an `Idempotency-Key` is none.
    pub const IDEMPOTENCY_KEY_INVALID: &str = "IDEMPOTENCY_KEY_INVALID";
    /// The key was used for another request.
    pub const IDEMPOTENCY_KEY_REUSED: &str = "IDEMPOTENCY_KEY_REUSED";
    pub const INTERNAL_ERROR: &str = "INTERNAL_ERROR";
    pub const INTROSPECTION_DISABLED: &str = "INTROSPECTION_DISABLED";
    pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";
    pub const NOT_ACCEPTABLE: &str = "NOT_ACCEPTABLE";
    pub const OPERATION_NOT_FOUND: &str = "OPERATION_NOT_FOUND";
    pub const ORIGIN_NOT_ALLOWED: &str = "ORIGIN_NOT_ALLOWED";
    /// It may have been done, and may not.
    pub const OUTCOME_UNKNOWN: &str = "OUTCOME_UNKNOWN";
    pub const PERSISTED_QUERY_INVALID: &str = "PERSISTED_QUERY_INVALID";
    pub const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
    pub const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
    pub const QUERY_TOO_DEEP: &str = "QUERY_TOO_DEEP";
    pub const QUERY_TOO_LARGE: &str = "QUERY_TOO_LARGE";
    pub const QUERY_TOO_MANY_TOKENS: &str = "QUERY_TOO_MANY_TOKENS";
    pub const RATE_LIMITED: &str = "RATE_LIMITED";
    /// What was asked under the same idempotency key is still being done.
    pub const REQUEST_IN_PROGRESS: &str = "REQUEST_IN_PROGRESS";
    pub const SERVICE_UNAVAILABLE: &str = "SERVICE_UNAVAILABLE";
    /// A subscription came where only one answer can be given.
    pub const STREAM_REQUIRED: &str = "STREAM_REQUIRED";
    pub const TIMEOUT: &str = "TIMEOUT";
    pub const TOO_MANY_ALIASES: &str = "TOO_MANY_ALIASES";
    pub const TOO_MANY_DIRECTIVES: &str = "TOO_MANY_DIRECTIVES";
    pub const TOO_MANY_ROOT_FIELDS: &str = "TOO_MANY_ROOT_FIELDS";
    pub const TOO_MANY_STREAMS: &str = "TOO_MANY_STREAMS";
    pub const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
    pub const UNSUPPORTED_MEDIA_TYPE: &str = "UNSUPPORTED_MEDIA_TYPE";
}

/// What a caller reads of a fault.
pub const FAULT_MESSAGE: &str =
    "Something went wrong on our side. Please try again, and name the correlation id if it stays.";

/// What a caller reads when there is too much to do.
pub const OVERLOAD_MESSAGE: &str = "The shop is very busy. Please try again in a moment.";

/// What a caller reads where nobody knows whether it was done.
pub const UNKNOWN_MESSAGE: &str = "It is not known whether this was done: the answer of the database did not come. Asked with \
     the same Idempotency-Key, it is not done twice; without one, look at what there is before you ask again.";

/// When to try again what found the shop too busy, in seconds.
pub const OVERLOAD_PAUSE_SECONDS: u32 = 1;

/// What a caller reads when nothing can be written.
pub const UNWRITABLE_MESSAGE: &str = "The shop cannot save anything at the moment, because its storage is full or does not work. Nothing was changed. \
     Please try again later.";

/// When to try again what found the storage full, in seconds: somebody has to make room first.
pub const UNWRITABLE_PAUSE_SECONDS: u32 = 10;

/// An error with a code that clients know.
pub fn coded(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// Logs what broke, with all its causes, and gives what may be shown of it.
pub fn fault(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
    log_fault(error.into().as_ref());
    coded(code::INTERNAL_ERROR, FAULT_MESSAGE)
}

/// Logs what broke, with all its causes.
pub fn log_fault(error: &(dyn StdError + 'static)) {
    tracing::error!(error = %causes(error), "a request failed");
}

/// Logs, in one line, that the server was too busy for a request, and gives what is shown of it.
/// Nothing is broken: it is no error of ours.
pub fn overload(error: &(dyn StdError + 'static)) -> Error {
    tracing::warn!(error = %causes(error), "a request was turned away: overloaded");
    coded(code::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE)
        .extend_with(|_, extensions| extensions.set("retryAfter", OVERLOAD_PAUSE_SECONDS))
}

/// As [`overload`], where the storage is what refuses.
pub fn unwritable(error: &(dyn StdError + 'static)) -> Error {
    log_unwritable(error);
    coded(code::SERVICE_UNAVAILABLE, UNWRITABLE_MESSAGE)
        .extend_with(|_, extensions| extensions.set("retryAfter", UNWRITABLE_PAUSE_SECONDS))
}

/// Logs that nothing can be written.
pub fn log_unwritable(error: &(dyn StdError + 'static)) {
    tracing::error!(error = %causes(error), "a request was turned away: nothing can be written");
}

/// Logs that nobody knows whether something was done, and gives what is shown of it.
pub fn outcome_unknown(error: &(dyn StdError + 'static)) -> Error {
    tracing::error!(error = %causes(error), "nobody knows whether a request was done");
    coded(code::OUTCOME_UNKNOWN, UNKNOWN_MESSAGE)
}

/// As [`overload`], for a request that did not begin. It is not logged: there would be a line for each.
pub(crate) fn overloaded() -> ServerError {
    let mut error = request_error(code::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE);
    extensions_of(&mut error).set("retryAfter", OVERLOAD_PAUSE_SECONDS);
    error
}

/// An error of the whole request, before any resolver.
pub(crate) fn request_error(code: &'static str, message: impl Into<String>) -> ServerError {
    with_code(ServerError::new(message, None), code)
}

/// An error of the document, at its place.
pub fn located(code: &'static str, message: impl Into<String>, pos: Option<Pos>) -> ServerError {
    with_code(ServerError::new(message, pos), code)
}

/// A request above one of the bounds.
pub(crate) fn limit_error(code: &'static str, what: &str, limit: usize) -> ServerError {
    let mut error = request_error(code, format!("{what}: at most {limit} are allowed."));
    extensions_of(&mut error).set("limit", limit);
    error
}

/// Logs a panic and gives what may be shown of it.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> ServerError {
    log_panic(panic);
    request_error(code::INTERNAL_ERROR, FAULT_MESSAGE)
}

/// Logs a panic.
pub fn log_panic(panic: &(dyn Any + Send)) {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    tracing::error!(panic = message, "a request panicked");
}

/// Gives a code to an error that has none yet.
pub(crate) fn with_code(mut error: ServerError, code: &'static str) -> ServerError {
    let extensions = extensions_of(&mut error);
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
    error
}

pub(crate) fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// The last look at an error before it leaves: it has a code, and a fault shows nothing but the
/// id under which its log is found.
pub(crate) fn complete(error: &mut ServerError, correlation_id: Option<&str>) {
    match code_of(error) {
        Some(code::INTERNAL_ERROR) => {}
        Some(_) => return,
        None if is_coercion(&error.message) => {
            return extensions_of(error).set("code", code::BAD_USER_INPUT);
        }
        None => {
            tracing::error!(error = %error.message, path = ?error.path, "a resolver failed");
            FAULT_MESSAGE.clone_into(&mut error.message);
            extensions_of(error).set("code", code::INTERNAL_ERROR);
        }
    }
    if let Some(id) = correlation_id {
        extensions_of(error).set("correlationId", id);
    }
}

/// async-graphql's words for an input value that could not become its type. They name the
/// caller's own value and nothing of ours.
fn is_coercion(message: &str) -> bool {
    const STARTS: [&str; 3] = ["Failed to parse \"", "Expected input type \"", "Invalid value for "];
    STARTS.iter().any(|start| message.starts_with(start))
}

pub(crate) fn extensions_of(error: &mut ServerError) -> &mut ErrorExtensionValues {
    error.extensions.get_or_insert_default()
}

fn causes(error: &(dyn StdError + 'static)) -> String {
    let causes: Vec<_> = anyhow::Chain::new(error).map(ToString::to_string).collect();
    causes.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn a_fault_shows_nothing_and_its_log_names_every_cause() {
        let error = Outer(std::io::Error::other("password=1"));
        assert_eq!(causes(&error), "outer: password=1");
        let shown = fault(error);
        assert_eq!(shown.message, FAULT_MESSAGE);
    }

    #[test]
    fn an_uncoded_error_becomes_a_fault_with_its_correlation_id() {
        let mut error = ServerError::new("no such table: orders", None);
        complete(&mut error, Some("abc"));
        assert_eq!(code_of(&error), Some(code::INTERNAL_ERROR));
        assert_eq!(error.message, FAULT_MESSAGE);
        let extensions = error.extensions.expect("set above");
        assert_eq!(extensions.get("correlationId"), Some(&Value::from("abc")));
    }

    #[test]
    fn a_coded_error_and_a_coercion_keep_their_words() {
        let mut error = request_error(code::TIMEOUT, "too slow");
        complete(&mut error, Some("abc"));
        assert_eq!(
            (code_of(&error), error.message.as_str()),
            (Some(code::TIMEOUT), "too slow")
        );

        let mut error = ServerError::new("Failed to parse \"Int\": odd", None);
        complete(&mut error, Some("abc"));
        assert_eq!(code_of(&error), Some(code::BAD_USER_INPUT));
        assert_eq!(error.message, "Failed to parse \"Int\": odd");
    }
}
