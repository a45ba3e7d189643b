//! Which of PayPal's refusals tell of the shopper's means of payment, and which of an order's state.

use reqwest::StatusCode;

use super::error::ErrorBody;
use crate::payment::fault::{self, ErrorAnswer, Refusal};

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

pub(super) type Fault = fault::Fault<ErrorBody>;

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
}

impl Refusal<ErrorBody> {
    fn issue(&self, status: StatusCode) -> Option<&str> {
        self.error.code().filter(|_| self.is(status))
    }
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::payment::ProviderError;

    use super::*;
    use crate::payment::{fault::RETRY_AFTER_SECONDS, paypal::error::KEYS};

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
