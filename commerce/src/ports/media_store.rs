//! Keeps pictures, and whatever else is bytes: objects that are written once, whole, and never changed.

use std::ops::Range;

use async_trait::async_trait;
use futures::stream::BoxStream;

/// An object, or a part of it.
pub struct StoredObject {
    /// Of the whole object.
    pub size: u64,
    /// Which of its bytes these are.
    pub range: Range<u64>,
    pub content: BoxStream<'static, Result<Vec<u8>, MediaStoreError>>,
}

/// Which part of an object is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteRange {
    /// From the first to the last, both included; the last may lie beyond the end.
    Between(u64, u64),
    /// From here to the end.
    From(u64),
    /// So many at the end.
    Last(u64),
}

/// Keeps objects by name. A name is made by the shop: segments of lower-case letters, digits, `-`, `_`
/// and `.`, with `/` between.
#[async_trait]
pub trait MediaStore: Send + Sync {
    /// Stores an object; when it returns, the object is there whole. Storing it again is no error.
    async fn put(&self, name: &str, content: Vec<u8>, mime_type: &str) -> Result<(), MediaStoreError>;

    /// Opens an object; `None` where there is none.
    ///
    /// # Errors
    /// [`MediaStoreError::Range`] where the object has none of the bytes asked for.
    async fn get(&self, name: &str, range: Option<ByteRange>) -> Result<Option<StoredObject>, MediaStoreError>;

    async fn exists(&self, name: &str) -> Result<bool, MediaStoreError>;

    /// Removes an object; one that is not there is no error.
    async fn delete(&self, name: &str) -> Result<(), MediaStoreError>;
}

/// Why a store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum MediaStoreError {
    /// Down, full, slow or misconfigured: it may work later.
    #[error("the picture store is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The object has none of these bytes.
    #[error("the object has no such bytes")]
    Range,
}
