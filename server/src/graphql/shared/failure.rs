//! How a resolver fails. [`Failure`] has no `Display` on purpose: async-graphql makes an error of
//! everything that has one, with its words, and a `?` would carry the inside of the shop out.
//!
//! A refusal that comes up in a query is the caller's to mend, and is shown: `UNAUTHENTICATED`,
//! `FORBIDDEN`, or `BAD_USER_INPUT` with the precise code as `reason` and the argument as `field`.
//! A fault is logged and shown as such by [`error::fault`]; an overload, by [`error::overload`].

use std::sync::Arc;

use async_graphql::{Error as GraphqlError, ErrorExtensions, Value};
use vitrine_commerce::{Error, ErrorCode, Fault, Refusal, error::Details};
use vitrine_edge::error::{self, code};

use super::{error_code, loaders::LoadError};

/// What every resolver of ours gives.
pub type Result<T> = std::result::Result<T, Failure>;

/// Why a field has no value.
#[derive(Debug, Clone)]
pub enum Failure {
    Refused(Refusal),
    Fault(Arc<Error>),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(mut refusals) if !refusals.is_empty() => Self::Refused(refusals.swap_remove(0)),
            error => Self::Fault(Arc::new(error)),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(Arc::new(fault.into()))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<LoadError> for Failure {
    fn from(LoadError(error): LoadError) -> Self {
        match &*error {
            Error::Refused(refusals) if !refusals.is_empty() => Self::Refused(refusals[0].clone()),
            _ => Self::Fault(error),
        }
    }
}

impl From<Failure> for GraphqlError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Fault(fault) if fault.storage_failure().is_some() => error::unwritable(&*fault),
            Failure::Fault(fault) if fault.is_outcome_unknown() => error::outcome_unknown(&*fault),
            Failure::Fault(fault) if fault.is_overload() => error::overload(&*fault),
            Failure::Fault(fault) => error::fault(Shared(fault)),
            Failure::Refused(refusal) => shown(refusal),
        }
    }
}

fn shown(refusal: Refusal) -> GraphqlError {
    let general = match refusal.code {
        ErrorCode::Unauthenticated => code::UNAUTHENTICATED,
        ErrorCode::Forbidden => "FORBIDDEN",
        ErrorCode::RateLimited => code::RATE_LIMITED,
        _ => code::BAD_USER_INPUT,
    };
    let reason = async_graphql::resolver_utils::enum_value(error_code::ErrorCode::from(refusal.code));
    let mut error = error::coded(general, refusal.message.to_string());
    // For whoever knows the caller's language.
    error.source = Some(Arc::new(refusal.message));
    error.extend_with(|_, extensions| {
        extensions.set("reason", reason);
        if let Some(Details::RateLimited { retry_after_seconds }) = refusal.details {
            extensions.set("retryAfterSeconds", retry_after_seconds);
        }
        if !refusal.field.is_empty() {
            extensions.set("field", refusal.field.into_iter().map(Value::from).collect::<Vec<_>>());
        }
    })
}

/// The same fault may have failed many fields at once.
#[derive(Debug)]
struct Shared(Arc<Error>);

impl std::fmt::Display for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Shared {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
