//! Text messages to mobile phones: the section `[sms]`, with its defaults.

use std::path::PathBuf;

use serde::Deserialize;

use super::{Config, Environment, Secret};

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sms {
    /// Where messages are written in development while `twilio` is not set; by default a folder in `mail.folder`.
    pub folder: Option<PathBuf>,
    /// Who sends them. Without it, none are offered in production.
    pub twilio: Option<Twilio>,
}

/// Twilio, or whoever speaks its API.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twilio {
    pub account_sid: String,
    pub auth_token: Secret,
    /// A number of the account's, a name where countries allow one, or the id of a messaging service (`MG…`).
    pub from: String,
    #[serde(default = "url")]
    pub url: String,
    /// How long the sending of one message may take.
    #[serde(default = "timeout_seconds")]
    pub timeout_seconds: u64,
}

fn url() -> String {
    "https://api.twilio.com".to_owned()
}

fn timeout_seconds() -> u64 {
    15
}

impl Config {
    /// Where text messages are written in place of being sent: in development, where no provider is configured.
    pub fn sms_folder(&self) -> Option<PathBuf> {
        let is_written = self.sms.twilio.is_none() && self.environment == Environment::Development;
        let default = || self.mail.folder.join("sms");
        is_written.then(|| self.sms.folder.clone().unwrap_or_else(default))
    }
}
