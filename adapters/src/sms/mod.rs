//! Sends text messages: into a folder, or by a provider that speaks Twilio's API.

pub mod file;
mod twilio;

pub use file::FileSms;
pub use twilio::TwilioSms;
