//! Sends messages to browsers by web push (RFC 8030), encrypted (RFC 8291) and signed (RFC 8292).

use async_trait::async_trait;
use chrono::TimeDelta;

/// A browser, as it gave itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushTarget {
    /// The address of its push service.
    pub endpoint: String,
    /// Its public key, in base64url.
    pub p256dh: String,
    /// The secret that it shares, in base64url.
    pub auth: String,
    /// The public key under which it subscribed.
    pub sender_key: String,
}

/// The most bytes of a message: push services take no longer ones.
pub const CONTENT_BYTES_MAX: usize = 3_000;

/// Sends over HTTP. An implementation sees to it that no address leads inside, whatever its name resolves to.
#[async_trait]
pub trait PushSender: Send + Sync {
    /// By which browsers know who may send to them, in base64url.
    fn public_key(&self) -> &str;

    /// Whether a browser could be sent anything, as far as can be seen without asking anybody.
    fn takes(&self, target: &PushTarget) -> bool;

    /// Has a message of at most [`CONTENT_BYTES_MAX`] bytes delivered within `lasts`.
    async fn send(&self, target: &PushTarget, content: &str, lasts: TimeDelta) -> Result<(), PushError>;
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The browser has no such subscription any more.
    #[error("the subscription has ended")]
    Gone,
    /// It may be taken later. It may have been taken, too: browsers show one of the same tag in its place.
    #[error("the push service took no message: {0}")]
    Later(String),
    /// It will never be.
    #[error("the push service refused a message for good: {0}")]
    Never(String),
}
