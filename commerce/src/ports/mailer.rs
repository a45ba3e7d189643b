//! Sends one mail to one recipient.

use async_trait::async_trait;

/// A finished mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The same for every attempt at this mail, so that a doubled delivery can be recognised:
    /// the left part of its `Message-ID`.
    pub message_id: String,
    /// One mail address, nothing else.
    pub to: String,
    /// One line.
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Where whoever got it stops such mails, by one POST (RFC 8058).
    pub unsubscribe: Option<String>,
    /// Files that come with it.
    pub attachments: Vec<MailAttachment>,
}

/// A file that comes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAttachment {
    /// Plain: letters, digits, `-`, `_` and `.`.
    pub name: String,
    pub mime_type: &'static str,
    pub content: Vec<u8>,
}

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands `mail` to the next hop. `Ok` means that it took responsibility.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}

/// Why a mail did not go out.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It was not taken, and may be later: connection refused, a 4xx answer.
    #[error("the mail could not be sent now")]
    Temporary(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It may have been taken: a time-out, a connection cut in the middle.
    #[error("whether the mail was sent is unknown")]
    Unknown(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It will never work: a 5xx answer, an address that is none.
    #[error("the mail was refused for good")]
    Permanent(#[source] Box<dyn std::error::Error + Send + Sync>),
}
