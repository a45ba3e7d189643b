//! What can go wrong between us and PayPal, and what each means: whether it was certainly not done, may have been done, or
//! can never be done.

use std::fmt;

use reqwest::StatusCode;
use vitrine_commerce::ports::payment::ProviderError;

use super::error::ErrorBody;
use crate::payment::http::CallFault;

/// How long to wait where PayPal limits the rate and does not say.
const RETRY_AFTER_SECONDS: u64 = 5;

/// The shopper's means of payment do not give it, or they may not pay so.
const DECLINES: [&str; 8] = [
    "INSTRUMENT_DECLINED",
    "TRANSACTION_REFUSED",
    "PAYER_CANNOT_PAY",
    "PAYER_ACCOUNT_RESTRICTED",
    "PAYER_ACCOUNT_LOCKED_OR_CLOSED",
    "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED",
    "DOMESTIC_TRANSACTION_REQUIRED",
    "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING",
];

/// The order is in another state than we thought: a look tells in which.
const STATES: [&str; 5] = [
    "ORDER_ALREADY_CAPTURED",
    "ORDER_ALREADY_AUTHORIZED",
    "ORDER_NOT_APPROVED",
    "PAYER_ACTION_REQUIRED",
    "ORDER_EXPIRED",
];

/// The key was used for another request, or its first use is under way: that one may well go through.
const KEYS: [&str; 3] = [
    "DUPLICATE_REQUEST_ID",
    "PREVIOUS_REQUEST_IN_PROGRESS",
    "ORDER_PREVIOUSLY_IN_PROGRESS",
];

#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// Nothing was sent.
    #[error("PayPal cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// Nothing was asked, for want of what it is asked with.
    #[error("PayPal gives no access token")]
    NoToken(#[source] Box<Fault>),
    #[error("PayPal's answer did not arrive")]
    Lost(#[source] reqwest::Error),
    #[error("PayPal's answer cannot be read")]
    Unreadable(#[source] serde_json::Error),
    #[error("PayPal's answer is larger than {0} bytes")]
    TooLong(usize),
    #[error("PayPal's answer makes no sense: {0}")]
    Nonsense(String),
    /// It was done, and what has become of it could not be read.
    #[error("it was done, and PayPal does not show what has become of it")]
    Unseen(#[source] Box<Fault>),
    /// Not sent: it would have been more than our share of requests.
    #[error("too many requests wait for PayPal")]
    Throttled,
    /// Not sent: it could only be refused.
    #[error("{0}")]
    Impossible(String),
    #[error("PayPal answered {0}")]
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
    /// Why the shopper's means of payment were declined, in our words, if that is it.
    pub(super) fn declined(&self) -> Option<(String, Option<String>)> {
        let Self::Refused(refusal) = self else { return None };
        let issue = refusal.issue(StatusCode::UNPROCESSABLE_ENTITY)?;
        let code = match issue {
            "INSTRUMENT_DECLINED" | "PAYER_CANNOT_PAY" => "card_declined".to_owned(),
            "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED" => "card_velocity_exceeded".to_owned(),
            issue => issue.to_ascii_lowercase(),
        };
        DECLINES.contains(&issue).then(|| (code, refusal.request_id.clone()))
    }

    /// Whether the order is in another state than was thought.
    pub(super) fn is_of_state(&self) -> bool {
        let Self::Refused(refusal) = self else { return false };
        let issue = refusal.issue(StatusCode::UNPROCESSABLE_ENTITY);
        issue.is_some_and(|issue| STATES.contains(&issue))
    }

    /// Whether PayPal has never heard of it.
    pub(super) fn is_not_found(&self) -> bool {
        self.is_refusal(StatusCode::NOT_FOUND)
    }

    pub(super) fn is_unauthorized(&self) -> bool {
        self.is_refusal(StatusCode::UNAUTHORIZED)
    }

    /// Whether PayPal itself says that it can never be done.
    pub(super) fn is_refused_for_good(&self) -> bool {
        self.is_refusal(StatusCode::BAD_REQUEST) || self.is_refusal(StatusCode::UNPROCESSABLE_ENTITY)
    }

    fn is_refusal(&self, status: StatusCode) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is(status))
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
            // Whoever is not known is told so with 401, and of a malformed request with 400.
            Fault::NoToken(fault) if fault.is_unauthorized() || fault.is_refused_for_good() => {
                Self::Misconfigured(fault.to_string())
            }
            Fault::NoToken(fault) => match Self::from(*fault) {
                limited @ (Self::RateLimited { .. } | Self::NotNow { .. } | Self::Misconfigured(_)) => limited,
                error => Self::Unavailable(Box::new(error)),
            },
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
    /// Whether PayPal itself says so. What merely stands between us and PayPal knows nothing of what was done.
    fn is(&self, status: StatusCode) -> bool {
        self.status == status && self.error.is_paypals()
    }

    fn issue(&self, status: StatusCode) -> Option<&str> {
        self.error.issue().filter(|_| self.is(status))
    }

    fn meaning(self: Box<Self>) -> ProviderError {
        match self.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN if self.is(self.status) => {
                ProviderError::Misconfigured(self.to_string())
            }
            StatusCode::TOO_MANY_REQUESTS => ProviderError::RateLimited {
                retry_after_seconds: self.retry_after_seconds.unwrap_or(RETRY_AFTER_SECONDS),
            },
            _ if self.error.issue().is_some_and(|issue| KEYS.contains(&issue)) => {
                ProviderError::Unknown(Box::new(Fault::Refused(self)))
            }
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY
                if self.is(self.status) =>
            {
                ProviderError::Rejected(self.to_string())
            }
            // All else may have been done.
            _ => ProviderError::Unknown(Box::new(Fault::Refused(self))),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if let Some(issue) = self.error.issue() {
            write!(f, " {issue}")?;
        }
        if let Some(sentence) = self.error.sentence() {
            write!(f, ": {sentence}")?;
        }
        match &self.request_id {
            // By it PayPal's support finds it.
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

    fn issue(issue: &str) -> String {
        format!(
            r#"{{"name":"UNPROCESSABLE_ENTITY","message":"It cannot be.","debug_id":"f00","details":[{{"issue":"{issue}","description":"In a sentence."}}]}}"#
        )
    }

    #[test]
    fn what_was_certainly_not_done_is_told_from_what_may_have_been() {
        let named = r#"{"name":"A_NAME","message":"m"}"#;
        for status in [401, 403] {
            let error = ProviderError::from(refused(status, named));
            assert!(matches!(error, ProviderError::Misconfigured(_)), "{status}: {error:?}");
        }
        for status in [400, 404, 422] {
            let error = ProviderError::from(refused(status, named));
            assert!(matches!(error, ProviderError::Rejected(_)), "{status}: {error:?}");
            // Somebody between us says so.
            let error = ProviderError::from(refused(status, "{}"));
            assert!(matches!(error, ProviderError::Unknown(_)), "{status}: {error:?}");
        }
        for status in [302, 408, 409, 500, 502, 503, 504] {
            let error = ProviderError::from(refused(status, named));
            assert!(matches!(error, ProviderError::Unknown(_)), "{status}: {error:?}");
        }
        for used in KEYS {
            let error = ProviderError::from(refused(422, &issue(used)));
            assert!(matches!(error, ProviderError::Unknown(_)), "{used}: {error:?}");
        }
        let limited = ProviderError::from(refused(429, named));
        assert!(matches!(
            limited,
            ProviderError::RateLimited {
                retry_after_seconds: RETRY_AFTER_SECONDS
            }
        ));
    }

    #[test]
    fn without_a_token_nothing_was_done() {
        let away = Fault::NoToken(Box::new(refused(500, "{}")));
        assert!(matches!(ProviderError::from(away), ProviderError::Unavailable(_)));
        let wrong = r#"{"error":"invalid_client","error_description":"Client Authentication failed"}"#;
        let wrong = ProviderError::from(Fault::NoToken(Box::new(refused(401, wrong))));
        let ProviderError::Misconfigured(told) = wrong else {
            panic!("{wrong:?}");
        };
        assert_eq!(
            told,
            "PayPal answered 401 invalid_client: Client Authentication failed (f00)"
        );
    }

    #[test]
    fn what_was_done_and_not_seen_is_unknown() {
        for unseen in [Fault::Throttled, refused(404, r#"{"name":"RESOURCE_NOT_FOUND"}"#)] {
            let error = ProviderError::from(Fault::Unseen(Box::new(unseen)));
            assert!(matches!(error, ProviderError::Unknown(_)), "{error:?}");
        }
    }

    #[test]
    fn declines_are_told_from_refusals() {
        let code = |name: &str| refused(422, &issue(name)).declined().map(|(code, _)| code);
        assert_eq!(code("INSTRUMENT_DECLINED").as_deref(), Some("card_declined"));
        assert_eq!(code("TRANSACTION_REFUSED").as_deref(), Some("transaction_refused"));
        assert_eq!(code("ORDER_NOT_APPROVED"), None);
        assert!(refused(422, &issue("ORDER_ALREADY_CAPTURED")).is_of_state());
        assert!(!refused(500, &issue("ORDER_ALREADY_CAPTURED")).is_of_state());
        let text = refused(422, &issue("AMOUNT_MISMATCH")).to_string();
        assert_eq!(text, "PayPal answered 422 AMOUNT_MISMATCH: In a sentence. (f00)");
    }
}
