//! What can go wrong between us and Stripe, and what each means: whether it was certainly not done,
//! may have been done, or can never be done.

use std::fmt;

use reqwest::StatusCode;
use vitrine_commerce::ports::payment::ProviderError;

use super::object::ErrorBody;
use crate::payment::http::CallFault;

/// How long to wait where Stripe limits the rate and does not say.
const RETRY_AFTER_SECONDS: u64 = 2;

#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// Nothing was sent.
    #[error("Stripe cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("Stripe's answer did not arrive")]
    Lost(#[source] reqwest::Error),
    #[error("Stripe's answer{} cannot be read", Request(.request_id))]
    Unreadable {
        request_id: Option<String>,
        #[source]
        source: serde_json::Error,
    },
    #[error("Stripe's answer is larger than {0} bytes")]
    TooLong(usize),
    #[error("Stripe's answer makes no sense: {0}")]
    Nonsense(String),
    /// Neither found nor known to be missing.
    #[error("not among the newest {0} that Stripe lists, and there are more")]
    TooMany(usize),
    /// Not sent: it would have been more than our share of requests.
    #[error("too many requests wait for Stripe")]
    Throttled,
    /// Not sent: it could only be refused.
    #[error("{0}")]
    Impossible(String),
    #[error("Stripe answered {0}")]
    Refused(Box<Refusal>),
}

/// An answer that is no success.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) retry_after_seconds: Option<u64>,
    pub(super) request_id: Option<String>,
    pub(super) error: ErrorBody,
}

impl Fault {
    /// The refusal, if it says that the shopper's card was declined.
    pub(super) fn declined(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => refusal.is(StatusCode::PAYMENT_REQUIRED).then_some(refusal),
            _ => None,
        }
    }

    /// Whether it names something that Stripe does not have, or has no more.
    pub(super) fn names_what_is_missing(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.error.code.as_deref() == Some("resource_missing"))
    }

    /// Whether Stripe has never heard of it.
    pub(super) fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is(StatusCode::NOT_FOUND))
    }
}

impl From<CallFault> for Fault {
    fn from(fault: CallFault) -> Self {
        match fault {
            CallFault::Throttled => Self::Throttled,
            CallFault::Unreachable(error) => Self::Unreachable(error),
            CallFault::Lost(error) => Self::Lost(error),
            CallFault::TooLong(max) => Self::TooLong(max),
        }
    }
}

impl From<Fault> for ProviderError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unreachable(_) => Self::Unavailable(Box::new(fault)),
            // Ours, of this process: the others need not wait with it.
            Fault::Throttled => Self::NotNow { retry_after_seconds: 1 },
            Fault::Impossible(why) => Self::Rejected(why),
            Fault::Refused(refusal) => refusal.meaning(),
            Fault::Lost(_) | Fault::Unreadable { .. } | Fault::TooLong(_) | Fault::Nonsense(_) | Fault::TooMany(_) => {
                Self::Unknown(Box::new(fault))
            }
        }
    }
}

impl Refusal {
    /// Whether Stripe itself says so. What merely stands between us and Stripe knows nothing of
    /// what was done.
    fn is(&self, status: StatusCode) -> bool {
        self.status == status && self.error.kind.is_some()
    }

    fn meaning(self: Box<Self>) -> ProviderError {
        match self.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN if self.is(self.status) => {
                ProviderError::Misconfigured(self.to_string())
            }
            // Somebody else is at the same object: nobody has to slow down.
            StatusCode::TOO_MANY_REQUESTS if self.error.code.as_deref() == Some("lock_timeout") => {
                ProviderError::NotNow { retry_after_seconds: 1 }
            }
            StatusCode::TOO_MANY_REQUESTS => ProviderError::RateLimited {
                retry_after_seconds: self.retry_after_seconds.unwrap_or(RETRY_AFTER_SECONDS),
            },
            // The key was used for another request: that one may well have gone through.
            StatusCode::BAD_REQUEST if self.error.kind.as_deref() == Some("idempotency_error") => {
                ProviderError::Unknown(Box::new(Fault::Refused(self)))
            }
            StatusCode::BAD_REQUEST | StatusCode::PAYMENT_REQUIRED | StatusCode::NOT_FOUND if self.is(self.status) => {
                ProviderError::Rejected(self.to_string())
            }
            // A conflict is the same request, which is under way. All else may have been done.
            _ => ProviderError::Unknown(Box::new(Fault::Refused(self))),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        let words = [&self.error.kind, &self.error.code, &self.error.decline_code];
        for word in words.into_iter().flatten() {
            write!(f, " {word}")?;
        }
        if let Some(message) = &self.error.message {
            write!(f, ": {message}")?;
        }
        write!(f, "{}", Request(&self.request_id))
    }
}

/// By what Stripe's support finds it.
struct Request<'id>(&'id Option<String>);

impl fmt::Display for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(id) => write!(f, " ({id})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    fn refused(status: u16, kind: &str, code: &str, retry_after_seconds: Option<u64>) -> ProviderError {
        let error = ErrorBody {
            kind: Some(kind.to_owned()),
            code: Some(code.to_owned()),
            message: Some("In a sentence.".to_owned()),
            ..ErrorBody::default()
        };
        Fault::Refused(Box::new(Refusal {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after_seconds,
            request_id: Some("req_1".to_owned()),
            error,
        }))
        .into()
    }

    #[test]
    fn what_was_certainly_not_done_is_told_from_what_may_have_been() {
        let invalid = "invalid_request_error";
        for status in [401, 403] {
            let error = refused(status, invalid, "", None);
            assert!(matches!(error, ProviderError::Misconfigured(_)), "{status}: {error:?}");
        }
        for (status, code) in [
            (400, "amount_too_large"),
            (404, "resource_missing"),
            (400, "payment_intent_unexpected_state"),
            (402, "card_declined"),
        ] {
            let error = refused(status, invalid, code, None);
            assert!(
                matches!(error, ProviderError::Rejected(_)),
                "{status} {code}: {error:?}"
            );
        }
        for status in [302, 408, 409, 418, 500, 502, 503, 504] {
            let error = refused(status, "api_error", "", None);
            assert!(matches!(error, ProviderError::Unknown(_)), "{status}: {error:?}");
        }
        let limited = |after| match refused(429, invalid, "rate_limit", after) {
            ProviderError::RateLimited { retry_after_seconds } => retry_after_seconds,
            other => panic!("{other:?}"),
        };
        assert_eq!((limited(None), limited(Some(7))), (2, 7));
        let locked = refused(429, invalid, "lock_timeout", None);
        assert!(matches!(locked, ProviderError::NotNow { retry_after_seconds: 1 }));
    }

    #[test]
    fn what_is_not_stripes_proves_nothing() {
        for status in [400, 401, 402, 403, 404] {
            let fault = Fault::Refused(Box::new(Refusal {
                status: StatusCode::from_u16(status).unwrap(),
                retry_after_seconds: None,
                request_id: None,
                error: ErrorBody::default(),
            }));
            assert!(!fault.is_not_found() && fault.declined().is_none());
            assert!(
                matches!(ProviderError::from(fault), ProviderError::Unknown(_)),
                "{status}"
            );
        }
    }

    #[test]
    fn a_key_that_was_used_for_something_else_proves_nothing() {
        let error = refused(400, "idempotency_error", "", None);
        let ProviderError::Unknown(source) = error else {
            panic!("{error:?}");
        };
        assert!(source.to_string().contains("400 idempotency_error"), "{source}");
    }

    #[test]
    fn an_error_says_by_what_stripe_finds_it() {
        let ProviderError::Rejected(text) = refused(400, "invalid_request_error", "parameter_missing", None) else {
            panic!("rejected");
        };
        assert_eq!(
            text,
            "400 invalid_request_error parameter_missing: In a sentence. (req_1)"
        );
    }

    #[test]
    fn causes_are_kept() {
        let source = serde_json::from_str::<u8>("<html>").unwrap_err();
        let fault = Fault::Unreadable {
            request_id: None,
            source,
        };
        assert!(fault.source().is_some());
        assert!(matches!(ProviderError::from(fault), ProviderError::Unknown(_)));
        assert!(matches!(
            ProviderError::from(Fault::TooMany(5000)),
            ProviderError::Unknown(_)
        ));
        assert!(matches!(
            ProviderError::from(Fault::Throttled),
            ProviderError::NotNow { retry_after_seconds: 1 }
        ));
    }
}
