//! What PayPal says of what it has not done.

use reqwest::StatusCode;
use serde::Deserialize;

use crate::payment::fault::{ErrorAnswer, Refusal};

/// The key was used for another request, or its first use is under way: that one may well go through.
pub(super) const KEYS: [&str; 3] = [
    "DUPLICATE_REQUEST_ID",
    "PREVIOUS_REQUEST_IN_PROGRESS",
    "ORDER_PREVIOUSLY_IN_PROGRESS",
];

/// What is told with a status that is no success; of the token's endpoint, in other words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ErrorBody {
    name: Option<String>,
    message: Option<String>,
    details: Vec<Detail>,
    error: Option<String>,
    error_description: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    issue: Option<String>,
    description: Option<String>,
}

impl ErrorAnswer for ErrorBody {
    const PROVIDER: &'static str = "PayPal";

    fn is_the_providers(&self) -> bool {
        self.name.is_some() || self.error.is_some()
    }

    fn code(&self) -> Option<&str> {
        let detail = self.details.iter().find_map(|detail| detail.issue.as_deref());
        detail.or(self.name.as_deref()).or(self.error.as_deref())
    }

    fn sentence(&self) -> Option<String> {
        let detail = self.details.iter().find_map(|detail| detail.description.as_ref());
        let sentence = detail.or(self.message.as_ref()).or(self.error_description.as_ref());
        sentence.cloned()
    }

    fn is_refused(refusal: &Refusal<Self>) -> bool {
        let is_of_key = refusal.error.code().is_some_and(|code| KEYS.contains(&code));
        !is_of_key && refusal.is_by_status()
    }

    fn is_misconfigured(refusal: &Refusal<Self>) -> bool {
        refusal.is(StatusCode::UNAUTHORIZED) || refusal.is(StatusCode::FORBIDDEN)
    }
}
