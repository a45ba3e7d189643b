//! Tells other processes that something changed, and nothing more: what is shown is always read
//! from the database under the caller's rights, so a lost or doubled message changes nothing.

use async_trait::async_trait;
use futures::{StreamExt, stream::BoxStream};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use uuid::Uuid;
use vitrine_entity::ids::{
    AppId, BulkOperationId, CustomerId, ExportId, OrderId, ProductImportId, SessionId, StaffMemberId,
};

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "topic", content = "id", rename_all = "snake_case")]
pub enum Topic {
    /// An order's timeline grew.
    Order(OrderId),
    /// A customer has a new notification, or read one.
    Notifications(CustomerId),
    /// The shop's settings changed.
    Settings,
    /// What a member of staff may do has changed, or a session of theirs has ended.
    StaffMember(StaffMemberId),
    /// A session has ended: its tokens open nothing any more.
    SessionEnded(SessionId),
    /// A key that signs access tokens was made or withdrawn.
    SigningKeys,
    /// What an app may do has changed, or a key of its was revoked.
    App(AppId),
    /// A bulk operation went on.
    BulkOperation(BulkOperationId),
    /// An export went on.
    Export(ExportId),
    /// An import of products went on.
    ProductImport(ProductImportId),
    /// Something that shoppers may have seen has changed: what, the database says.
    Shown,
    /// The search engine was given something, and finds it.
    Indexed,
    /// A member of staff, or an app, has written: they read it, whichever server they ask, also where others may read late.
    Wrote(Uuid),
}

/// Carries [`Topic`]s between processes.
#[async_trait]
pub trait EventBus: Send + Sync {
    /// Tells everyone who listens. Best effort: a failure is logged by the caller and mended by
    /// the subscriber's own poll.
    async fn publish(&self, topics: &[Topic]) -> Result<(), EventBusError>;

    /// Every message from now on. The stream skips what a slow reader missed, and may repeat.
    fn subscribe(&self) -> BoxStream<'static, Topic>;
}

/// Why a message did not go out.
#[derive(Debug, thiserror::Error)]
#[error("the event bus is unavailable")]
pub struct EventBusError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// The next message, or `None` when it is time to ask.
pub(crate) async fn told(topics: &mut BoxStream<'static, Topic>, next_poll: Instant) -> Option<Topic> {
    // However much is said: a bus that never falls silent would hold the poll back.
    if Instant::now() >= next_poll {
        return None;
    }
    match tokio::time::timeout_at(next_poll, topics.next()).await {
        Ok(Some(topic)) => Some(topic),
        // A bus that is gone says nothing.
        Ok(None) => {
            tokio::time::sleep_until(next_poll).await;
            None
        }
        Err(_) => None,
    }
}
