//! What PayPal says of what it has not done.

use serde::Deserialize;

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

impl ErrorBody {
    /// Whether it is PayPal that says it.
    pub(super) fn is_paypals(&self) -> bool {
        self.name.is_some() || self.error.is_some()
    }

    /// The most exact word for it.
    pub(super) fn issue(&self) -> Option<&str> {
        let detail = self.details.iter().find_map(|detail| detail.issue.as_deref());
        detail.or(self.name.as_deref()).or(self.error.as_deref())
    }

    /// In a sentence.
    pub(super) fn sentence(&self) -> Option<&str> {
        let detail = self.details.iter().find_map(|detail| detail.description.as_deref());
        detail.or(self.message.as_deref()).or(self.error_description.as_deref())
    }
}
