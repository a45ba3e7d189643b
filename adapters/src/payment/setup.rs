//! Why a provider cannot be set up as it is configured.

use super::http::Unusable;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// By what the provider knows the shop.
    #[error("{0} is missing")]
    KeyMissing(&'static str),
    #[error("`{0}` is no address of an API")]
    Address(String),
    #[error("the HTTP client cannot be made")]
    Http(#[source] reqwest::Error),
}

impl From<Unusable> for SetupError {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::Address(address) => Self::Address(address),
            Unusable::Http(error) => Self::Http(error),
        }
    }
}
