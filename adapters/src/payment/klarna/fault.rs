//! What can go wrong between us and Klarna, and what each means: whether it was certainly not done, may have been done, or
//! can never be done.

use std::fmt;

use reqwest::StatusCode;
use vitrine_commerce::ports::payment::ProviderError;

use super::object::ErrorBody;
use crate::payment::http::CallFault;

/// How long to wait where Klarna limits the rate and does not say.
const RETRY_AFTER_SECONDS: u64 = 5;

#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// Nothing was sent.
    #[error("Klarna cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("Klarna's answer did not arrive")]
    Lost(#[source] reqwest::Error),
    #[error("Klarna's answer cannot be read")]
    Unreadable(#[source] serde_json::Error),
    #[error("Klarna's answer is larger than {0} bytes")]
    TooLong(usize),
    #[error("Klarna's answer makes no sense: {0}")]
    Nonsense(String),
    /// It was done, and what has become of it could not be read, or what follows from it could not be done.
    #[error("it was done, and Klarna does not show what has become of it")]
    Unseen(#[source] Box<Fault>),
    /// Not sent: it would have been more than our share of requests.
    #[error("too many requests wait for Klarna")]
    Throttled,
    /// Not sent: it could only be refused.
    #[error("{0}")]
    Impossible(String),
    #[error("Klarna answered {0}")]
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
    /// Whether Klarna has never heard of it.
    pub(super) fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is(StatusCode::NOT_FOUND))
    }

    /// Whether Klarna itself says that it cannot be done as things stand.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is_refused())
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
            Fault::Lost(_) | Fault::Unreadable(_) | Fault::TooLong(_) | Fault::Nonsense(_) | Fault::Unseen(_) => {
                Self::Unknown(Box::new(fault))
            }
        }
    }
}

impl Refusal {
    /// Whether Klarna itself says so. What merely stands between us and Klarna knows nothing of what was done.
    fn is(&self, status: StatusCode) -> bool {
        self.status == status && self.error.error_code.is_some()
    }

    /// What an order's state does not allow is `403 CAPTURE_NOT_ALLOWED`, `CANCEL_NOT_ALLOWED` and so on; what the user may
    /// not do is 403 with another code.
    fn is_of_state(&self) -> bool {
        let code = self.error.error_code.as_deref().unwrap_or_default();
        self.is(StatusCode::FORBIDDEN) && code.ends_with("_NOT_ALLOWED")
    }

    fn is_refused(&self) -> bool {
        let for_good = [
            StatusCode::BAD_REQUEST,
            StatusCode::NOT_FOUND,
            StatusCode::UNPROCESSABLE_ENTITY,
        ];
        self.is_of_state() || for_good.into_iter().any(|status| self.is(status))
    }

    fn meaning(self: Box<Self>) -> ProviderError {
        match self.status {
            _ if self.is_refused() => ProviderError::Rejected(self.to_string()),
            // Whoever is not known is mostly told so without a word.
            StatusCode::UNAUTHORIZED => ProviderError::Misconfigured(self.to_string()),
            StatusCode::FORBIDDEN if self.is(self.status) => ProviderError::Misconfigured(self.to_string()),
            StatusCode::TOO_MANY_REQUESTS => ProviderError::RateLimited {
                retry_after_seconds: self.retry_after_seconds.unwrap_or(RETRY_AFTER_SECONDS),
            },
            // A conflict may be the same request, which is under way. All else may have been done.
            _ => ProviderError::Unknown(Box::new(Fault::Refused(self))),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if let Some(code) = &self.error.error_code {
            write!(f, " {code}")?;
        }
        if !self.error.error_messages.is_empty() {
            write!(f, ": {}", self.error.error_messages.join("; "))?;
        }
        match &self.request_id {
            // By it Klarna's support finds it.
            Some(id) => write!(f, " ({id})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: &str) -> Fault {
        Fault::Refused(Box::new(Refusal {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after_seconds: None,
            request_id: Some("f00".to_owned()),
            error: serde_json::from_str(body).unwrap(),
        }))
    }

    const SAID: &str =
        r#"{"correlation_id":"f00","error_code":"BAD_VALUE","error_messages":["Bad value: order_amount"]}"#;
    const STATE: &str = r#"{"correlation_id":"f00","error_code":"CAPTURE_NOT_ALLOWED","error_messages":["Captured."]}"#;

    #[test]
    fn what_was_certainly_not_done_is_told_from_what_may_have_been() {
        for status in [400, 404, 422] {
            let error = ProviderError::from(refused(status, SAID));
            assert!(matches!(error, ProviderError::Rejected(_)), "{status}: {error:?}");
            // Somebody between us says so.
            let error = ProviderError::from(refused(status, "{}"));
            assert!(matches!(error, ProviderError::Unknown(_)), "{status}: {error:?}");
        }
        for status in [302, 408, 409, 500, 502, 503, 504] {
            let error = ProviderError::from(refused(status, SAID));
            assert!(matches!(error, ProviderError::Unknown(_)), "{status}: {error:?}");
        }
        let error = ProviderError::from(refused(401, "{}"));
        assert!(matches!(error, ProviderError::Misconfigured(_)), "{error:?}");
        let limited = ProviderError::from(refused(429, "{}"));
        assert!(matches!(
            limited,
            ProviderError::RateLimited {
                retry_after_seconds: RETRY_AFTER_SECONDS
            }
        ));
        let unseen = ProviderError::from(Fault::Unseen(Box::new(Fault::Throttled)));
        assert!(matches!(unseen, ProviderError::Unknown(_)), "{unseen:?}");
    }

    #[test]
    fn a_state_that_does_not_allow_it_is_told_from_a_user_who_may_not() {
        let state = refused(403, STATE);
        assert!(state.is_refused() && !refused(403, SAID).is_refused());
        assert!(matches!(ProviderError::from(state), ProviderError::Rejected(_)));
        let error = ProviderError::from(refused(403, SAID));
        let ProviderError::Misconfigured(told) = error else {
            panic!("{error:?}");
        };
        assert_eq!(told, "403 BAD_VALUE: Bad value: order_amount (f00)");
        assert!(matches!(
            ProviderError::from(refused(403, "{}")),
            ProviderError::Unknown(_)
        ));
    }
}
