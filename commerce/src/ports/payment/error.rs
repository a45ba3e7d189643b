//! How a call to a provider fails.

/// Why the provider gave no outcome.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It was certainly not done, and may work later.
    #[error("the payment provider is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It may or may not have been done: a time-out, a cut connection, a 5xx. Never *failed*.
    #[error("the outcome of the call to the payment provider is unknown")]
    Unknown(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Slow down.
    #[error("the payment provider limits the rate; again in {retry_after_seconds} s")]
    RateLimited { retry_after_seconds: u64 },
    /// Nothing was done, and nothing is wrong with the provider or the request: its circuit is open,
    /// or our own limit was reached, or somebody else was at the same object.
    #[error("the payment provider is not called for {retry_after_seconds} s")]
    NotNow { retry_after_seconds: u64 },
    /// The request can never succeed as it stands.
    #[error("the payment provider refused the request: {0}")]
    Rejected(String),
    /// Keys or settings are wrong: a person must act.
    #[error("the payment provider is misconfigured: {0}")]
    Misconfigured(String),
}
