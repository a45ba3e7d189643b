//! What Klarna means by what it says where it has not done what it was asked.

use reqwest::StatusCode;

use super::object::ErrorBody;
use crate::payment::fault::{self, ErrorAnswer, Refusal};

pub(super) type Fault = fault::Fault<ErrorBody>;

impl ErrorAnswer for ErrorBody {
    const PROVIDER: &'static str = "Klarna";

    fn is_the_providers(&self) -> bool {
        self.error_code.is_some()
    }

    fn code(&self) -> Option<&str> {
        self.error_code.as_deref()
    }

    fn sentence(&self) -> Option<String> {
        (!self.error_messages.is_empty()).then(|| self.error_messages.join("; "))
    }

    fn request_id(&self) -> Option<&str> {
        self.correlation_id.as_deref()
    }

    fn is_refused(refusal: &Refusal<Self>) -> bool {
        is_of_state(refusal) || refusal.is_by_status()
    }

    fn is_misconfigured(refusal: &Refusal<Self>) -> bool {
        // Whoever is not known is mostly told so without a word.
        refusal.status == StatusCode::UNAUTHORIZED || refusal.is(StatusCode::FORBIDDEN)
    }
}

/// What an order's state does not allow is `403 CAPTURE_NOT_ALLOWED`, `CANCEL_NOT_ALLOWED` and so on; what the user may
/// not do is 403 with another code.
fn is_of_state(refusal: &Refusal<ErrorBody>) -> bool {
    let code = refusal.error.error_code.as_deref().unwrap_or_default();
    refusal.is(StatusCode::FORBIDDEN) && code.ends_with("_NOT_ALLOWED")
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::payment::ProviderError;

    use super::*;
    use crate::payment::fault::RETRY_AFTER_SECONDS;

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
