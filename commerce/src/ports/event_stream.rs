//! Where events are appended for consumers that read at their own pace.

use async_trait::async_trait;

/// An event as the stream has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamEntry {
    /// The event's id: an event that is appended twice is known by it.
    pub id: String,
    /// The event's type.
    pub kind: String,
    /// The whole event, as JSON.
    pub event: String,
}

/// A log of a bounded length.
#[async_trait]
pub trait EventStream: Send + Sync {
    /// Appends all of them, in this order, or fails; what was appended before it failed stays.
    async fn append(&self, entries: &[StreamEntry]) -> Result<(), EventStreamError>;
}

/// The stream cannot be reached, or takes nothing.
#[derive(Debug, thiserror::Error)]
#[error("the event stream takes nothing")]
pub struct EventStreamError(#[source] pub Box<dyn std::error::Error + Send + Sync>);
