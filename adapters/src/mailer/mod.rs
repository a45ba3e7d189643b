//! Sends mails: into a folder, or by SMTP.

pub mod file;
mod message;
mod smtp;

pub use file::FileMailer;
pub use smtp::SmtpMailer;
