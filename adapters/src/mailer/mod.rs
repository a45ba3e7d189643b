//! Sends mails: into a folder, or by SMTP.

mod address;
pub mod file;
mod message;
mod smtp;

pub use address::sender;
pub use file::FileMailer;
pub use smtp::SmtpMailer;
