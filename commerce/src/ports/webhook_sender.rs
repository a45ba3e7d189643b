//! Sends events to addresses that staff name.

use async_trait::async_trait;

/// How much of an answer is kept.
pub const ANSWER_BYTES_MAX: usize = 1_024;

/// What is sent, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRequest {
    pub url: String,
    pub headers: [(&'static str, String); 3],
    /// JSON.
    pub body: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookAnswer {
    pub status: u16,
    /// Its beginning, at most [`ANSWER_BYTES_MAX`] bytes; what is no text is replaced.
    pub body: String,
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is no web address.
    Form,
    /// It does not begin with `https://`.
    Unencrypted,
    /// It holds a user name or a password.
    Credentials,
    /// It leads to this machine or its network.
    Inside,
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// It was not asked.
    Refused(AddressProblem),
    /// A sentence for staff.
    Unanswered(String),
}

/// Sends over HTTP. Redirects are not followed; an implementation sees to it that no address leads inside, whatever its name
/// resolves to, and that nobody is waited for longer than some seconds.
#[async_trait]
pub trait WebhookSender: Send + Sync {
    /// Looks at an address as far as can be done without asking anybody.
    ///
    /// # Errors
    /// What is wrong with it.
    fn check(&self, url: &str) -> Result<(), AddressProblem>;

    /// Posts it once.
    async fn send(&self, request: WebhookRequest) -> Result<WebhookAnswer, SendError>;
}
