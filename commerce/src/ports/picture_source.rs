//! Fetches pictures that lie elsewhere.

use async_trait::async_trait;

/// Fetches what an address names. Addresses come from strangers: an implementation sees to it that none
/// leads inside, wherever it is redirected to.
#[async_trait]
pub trait PictureSource: Send + Sync {
    /// The bytes that lie at `address`, at most `bytes_max`.
    async fn fetch(&self, address: &str, bytes_max: u64) -> Result<Vec<u8>, FetchError>;
}

/// Why there is nothing; each is a sentence for staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It will not work as it stands.
    #[error("{0}")]
    Refused(String),
    /// It may work later.
    #[error("{0}")]
    Unavailable(String),
}
