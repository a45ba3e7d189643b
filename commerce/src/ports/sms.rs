//! Sends text messages to mobile phones.

use async_trait::async_trait;

/// A finished text message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sms {
    /// The same for every attempt at this message, so that a doubled one can be recognised where it is written into a file.
    pub message_id: String,
    /// E.164, as in `+4915123456789`.
    pub to: String,
    /// At most [`TEXT_LENGTH_MAX`] characters.
    pub text: String,
}

/// The most characters of a message: of more than one part each is paid for.
pub const TEXT_LENGTH_MAX: usize = 480;

/// Sends text messages.
#[async_trait]
pub trait SmsSender: Send + Sync {
    /// Hands `sms` over, once. `Ok` means that it was taken, and gives what it is called there.
    async fn send(&self, sms: &Sms) -> Result<String, SmsError>;

    /// Whether whoever sends takes the shop's account, by a call that sends nothing and changes nothing.
    async fn check(&self) -> Result<(), SmsCheckError>;
}

/// Why no message would be sent. The texts are the provider's, and none of them holds a secret of the shop's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmsCheckError {
    /// Somebody must mend the settings, or the account.
    #[error("the account is not taken: {0}")]
    Refused(String),
    /// It may answer later.
    #[error("it does not answer: {0}")]
    Unanswered(String),
}

/// Why a message was not taken. The texts are the provider's, and none of them holds a secret of the shop's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmsError {
    /// It was certainly not taken, and may be later: a refused connection, a limit, an account that somebody must mend.
    #[error("the text message could not be sent now: {0}")]
    Later(String),
    /// It will never be taken: a number that is none, or that gets no such messages.
    #[error("the text message was refused for good: {0}")]
    Never(String),
    /// Whoever has the number has told the provider that they want none.
    #[error("its recipient wants no text messages: {0}")]
    Stopped(String),
    /// It may have been taken: a time-out, a connection cut in the middle.
    #[error("whether the text message was sent is unknown: {0}")]
    Unknown(String),
}
