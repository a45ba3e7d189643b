//! Text messages by Twilio's API for messages, which others speak, too.
//!
//! It knows no idempotency keys: a request whose answer is lost may have been done, and is told as such.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::{Client, Response, StatusCode, Url, redirect};
use serde::Deserialize;
use vitrine_commerce::ports::{
    SmsSender,
    sms::{Sms, SmsCheckError, SmsError},
};

use crate::config::Twilio;

const ANSWER_BYTES_MAX: usize = 64 * 1024;
const REASON_LENGTH_MAX: usize = 200;

/// Sends by Twilio.
pub struct TwilioSms {
    http: Client,
    messages: Url,
    account: Url,
    account_sid: String,
    auth_token: String,
    /// The form's field and value that say who sends.
    from: (&'static str, String),
}

/// What of a message that was taken matters.
#[derive(Deserialize)]
struct Taken {
    sid: String,
}

/// What of the account matters.
#[derive(Deserialize)]
struct Account {
    /// `active`, `suspended` or `closed`; others that speak the API may say nothing of it.
    status: Option<String>,
}

/// What of a refusal matters.
#[derive(Deserialize)]
struct Refused {
    code: Option<u32>,
    message: Option<String>,
}

impl TwilioSms {
    /// Does not connect yet.
    ///
    /// # Errors
    /// When the address is none of HTTP, or no client can be made.
    pub fn new(twilio: &Twilio) -> anyhow::Result<Self> {
        let base: Url = format!("{}/", twilio.url.trim_end_matches('/')).parse()?;
        let account = twilio.account_sid.as_str();
        let account_itself = format!("{account}.json");
        let http = Client::builder()
            .timeout(Duration::from_secs(twilio.timeout_seconds))
            .redirect(redirect::Policy::none())
            .build()?;
        // A service of Twilio's chooses among several senders.
        let field = match twilio.from.starts_with("MG") {
            true => "MessagingServiceSid",
            false => "From",
        };
        Ok(Self {
            http,
            messages: below(&base, &[account, "Messages.json"])?,
            account: below(&base, &[account_itself.as_str()])?,
            account_sid: twilio.account_sid.clone(),
            auth_token: twilio.auth_token.expose().to_owned(),
            from: (field, twilio.from.clone()),
        })
    }
}

#[async_trait]
impl SmsSender for TwilioSms {
    async fn send(&self, sms: &Sms) -> Result<String, SmsError> {
        let (sender, from) = &self.from;
        let form = [
            ("To", sms.to.as_str()),
            (*sender, from.as_str()),
            ("Body", sms.text.as_str()),
        ];
        let request = self
            .http
            .post(self.messages.clone())
            .basic_auth(&self.account_sid, Some(&self.auth_token))
            .form(&form);
        let response = request.send().await.map_err(unanswered)?;
        let status = response.status();
        let body = body(response).await;
        if status.is_success() {
            let taken: Taken = body
                .and_then(|body| serde_json::from_slice(&body).ok())
                .ok_or_else(|| SmsError::Unknown(format!("it answered {status}, and what else cannot be read")))?;
            return Ok(taken.sid.chars().filter(char::is_ascii_alphanumeric).take(64).collect());
        }
        let refused = body.and_then(|body| serde_json::from_slice(&body).ok());
        Err(refusal(status, refused, &sms.to))
    }

    async fn check(&self) -> Result<(), SmsCheckError> {
        let request = self
            .http
            .get(self.account.clone())
            .basic_auth(&self.account_sid, Some(&self.auth_token));
        let response = request
            .send()
            .await
            .map_err(|error| SmsCheckError::Unanswered(error.without_url().to_string()))?;
        let status = response.status();
        let body = body(response).await;
        if status.is_success() {
            let account: Option<Account> = body.and_then(|body| serde_json::from_slice(&body).ok());
            let account = account
                .ok_or_else(|| SmsCheckError::Refused(format!("it answered {status}, and what else cannot be read")))?;
            return match account.status.as_deref() {
                None | Some("active") => Ok(()),
                Some(other) => Err(SmsCheckError::Refused(format!("the account is {}", excerpt(other)))),
            };
        }
        let refused: Option<Refused> = body.and_then(|body| serde_json::from_slice(&body).ok());
        let (_, why) = reason(status, refused);
        Err(match status.as_u16() {
            408 | 425 | 429 | 500..=599 => SmsCheckError::Unanswered(why),
            _ => SmsCheckError::Refused(why),
        })
    }
}

/// Where the API has something of an account's.
fn below(base: &Url, segments: &[&str]) -> anyhow::Result<Url> {
    let mut url = base.clone();
    match url.path_segments_mut() {
        Ok(mut path) => {
            path.pop_if_empty().extend(["2010-04-01", "Accounts"]).extend(segments);
        }
        Err(()) => anyhow::bail!("it begins with https:// or http://"),
    }
    Ok(url)
}

/// Nobody who was not reached has sent anything.
fn unanswered(error: reqwest::Error) -> SmsError {
    let is_unsent = error.is_connect() || error.is_builder();
    let why = error.without_url().to_string();
    match is_unsent {
        true => SmsError::Later(why),
        false => SmsError::Unknown(why),
    }
}

/// `None` where it broke off, or is too long.
async fn body(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return None;
        }
    }
    Some(body)
}

/// What a refusal means. Whatever is wrong with the account (a key, its balance, its sender) must not end each message that
/// happens to be due before somebody has mended it.
fn refusal(status: StatusCode, refused: Option<Refused>, to: &str) -> SmsError {
    // It is kept and logged, where no number belongs.
    let refused = refused.map(|refused| Refused {
        message: refused.message.map(|said| said.replace(to, "…")),
        ..refused
    });
    let (code, why) = reason(status, refused);
    match (status.as_u16(), code) {
        // The recipient has answered STOP.
        (_, Some(21610)) => SmsError::Stopped(why),
        // No number, one of a country that the account does not write to, one that gets no messages, a landline; a text that
        // is empty or too long.
        (_, Some(21211 | 21217 | 21265 | 21408 | 21602 | 21612 | 21614 | 21617 | 21635)) => SmsError::Never(why),
        // It was not done: too many at once, or turned away at the door.
        (401 | 402 | 403 | 404 | 408 | 425 | 429 | 503, _) => SmsError::Later(why),
        (500..=599, _) => SmsError::Unknown(why),
        // Known codes of the account's: its sender, its balance, its rights.
        (_, Some(20003 | 20404 | 20429 | 21212 | 21603 | 21606 | 21608 | 21611 | 21659 | 21660 | 63038)) => {
            SmsError::Later(why)
        }
        (400..=499, _) => SmsError::Never(why),
        _ => SmsError::Unknown(why),
    }
}

/// The code of a refusal, and all that it says.
fn reason(status: StatusCode, refused: Option<Refused>) -> (Option<u32>, String) {
    let code = refused.as_ref().and_then(|refused| refused.code);
    let said = refused.and_then(|refused| refused.message).unwrap_or_default();
    let why = match code {
        Some(code) => format!("{code}: {}", excerpt(&said)),
        None => format!("it answered {status}"),
    };
    (code, why)
}

fn excerpt(said: &str) -> String {
    let visible = said.chars().filter(|letter| !letter.is_control());
    visible.take(REASON_LENGTH_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_is_told_by_what_follows_from_it() {
        let told = |status: u16, code: Option<u32>| {
            let refused = Refused {
                code,
                message: Some("no".to_owned()),
            };
            let status = StatusCode::from_u16(status).unwrap();
            match refusal(status, Some(refused), "+4915123456789") {
                SmsError::Later(_) => "later",
                SmsError::Never(_) => "never",
                SmsError::Stopped(_) => "stopped",
                SmsError::Unknown(_) => "unknown",
            }
        };
        for (status, code, expected) in [
            (400, Some(21211), "never"),
            (400, Some(21614), "never"),
            (403, Some(21408), "never"),
            (400, Some(21610), "stopped"),
            (400, Some(21606), "later"),
            (401, Some(20003), "later"),
            (429, Some(20429), "later"),
            (400, Some(29999), "never"),
            (503, None, "later"),
            (500, None, "unknown"),
            (302, None, "unknown"),
        ] {
            assert_eq!(told(status, code), expected, "{status} {code:?}");
        }
    }
}
