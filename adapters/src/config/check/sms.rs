//! Who cannot send text messages.

use super::{Problems, is_web};
use crate::config::Config;

impl Config {
    pub(super) fn check_sms(&self, problems: &mut Problems) {
        let Some(twilio) = &self.sms.twilio else { return };
        problems.unless(
            is_web(&twilio.url),
            "sms.twilio.url",
            "is not a web address".to_owned(),
            "remove it, or write it as in https://api.twilio.com",
        );
        let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        problems.unless(
            is_word(&twilio.account_sid),
            "sms.twilio.account_sid",
            "is no account's id".to_owned(),
            "copy it from the provider's console: it begins with AC",
        );
        problems.unless(
            !twilio.from.trim().is_empty(),
            "sms.twilio.from",
            "is empty".to_owned(),
            "write a number of the account's, as in +15005550006, or a messaging service's id",
        );
        // No longer than the job waits.
        problems.unless(
            (1..=20).contains(&twilio.timeout_seconds),
            "sms.twilio.timeout_seconds",
            format!("cannot be {}", twilio.timeout_seconds),
            "choose from 1 to 20",
        );
    }
}
