//! Sends messages to browsers by web push.

mod encrypt;
mod vapid;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use p256::PublicKey;
use reqwest::{
    Client, Url,
    header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE},
};
use vitrine_commerce::ports::{
    Clock, PushSender,
    push::{CONTENT_BYTES_MAX, PushError, PushTarget},
};

use self::{encrypt::encrypt, vapid::Sender};
use crate::outbound::{Limits, check, client, is_inside};

const TIMEOUT: Duration = Duration::from_secs(15);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const ENDPOINT_BYTES_MAX: usize = 1_000;
const AUTH_BYTES: usize = 16;
/// The longest of its keys, in base64url with padding, is a point of 65 bytes: what is longer is kept by nobody.
const KEY_BYTES_MAX: usize = 88;

/// Sends by the browsers' own push services.
pub struct HttpPush {
    client: Client,
    allow_inside: bool,
    /// The current one first; each follows from a signing secret, and those that were replaced go on for as long as their
    /// secret is listed.
    senders: Vec<Sender>,
    clock: Arc<dyn Clock>,
}

/// What a browser gave, read.
struct Keys {
    public: PublicKey,
    auth: [u8; AUTH_BYTES],
}

impl HttpPush {
    /// `contact` is where a push service's operator reaches whoever sends: an address that begins with `mailto:` or
    /// `https://`. `allow_inside` has it send to this machine and its network as well, and without encryption.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(
        signing_secrets: &[&[u8]],
        contact: &str,
        allow_inside: bool,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        let limits = Limits {
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            redirects_max: 0,
            allow_inside,
        };
        Ok(Self {
            client: client(limits)?,
            allow_inside,
            senders: signing_secrets
                .iter()
                .map(|secret| Sender::new(secret, contact))
                .collect(),
            clock,
        })
    }

    fn endpoint(&self, address: &str) -> Option<Url> {
        let url = Url::parse(address)
            .ok()
            .filter(|_| address.len() <= ENDPOINT_BYTES_MAX)?;
        let is_encrypted = url.scheme() == "https" || self.allow_inside;
        (is_encrypted && check(&url, self.allow_inside).is_ok()).then_some(url)
    }

    fn sender(&self, key: &str) -> Option<&Sender> {
        self.senders.iter().find(|sender| sender.public_key == key)
    }
}

#[async_trait]
impl PushSender for HttpPush {
    fn public_key(&self) -> &str {
        self.senders.first().map_or("", |sender| sender.public_key.as_str())
    }

    fn takes(&self, target: &PushTarget) -> bool {
        self.endpoint(&target.endpoint).is_some() && keys(target).is_some() && self.sender(&target.sender_key).is_some()
    }

    async fn send(&self, target: &PushTarget, content: &str, lasts: TimeDelta) -> Result<(), PushError> {
        let never = |why: &str| PushError::Never(why.to_owned());
        // Nobody can send to a browser that knows another key.
        let sender = self.sender(&target.sender_key).ok_or(PushError::Gone)?;
        let url = self
            .endpoint(&target.endpoint)
            .ok_or_else(|| never("the address leads nowhere outside"))?;
        let keys = keys(target).ok_or_else(|| never("its keys are none"))?;
        if content.len() > CONTENT_BYTES_MAX {
            return Err(never("it is too long"));
        }
        let (own, salt) = (encrypt::ephemeral(), rand::random());
        let body = encrypt(content.as_bytes(), &keys.public, &keys.auth, &own, &salt);
        let body = body.ok_or_else(|| never("it cannot be encrypted"))?;
        let request = self
            .client
            .post(url.clone())
            .header(AUTHORIZATION, sender.authorization(&url, self.clock.now()))
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("ttl", lasts.num_seconds().max(0).to_string())
            .body(body);
        let response = request.send().await;
        let response = response.map_err(|error| match is_inside(&error) {
            Some(inside) => PushError::Never(inside.to_string()),
            None => PushError::Later(error.without_url().to_string()),
        })?;
        judge(response.status().as_u16())
    }
}

fn keys(target: &PushTarget) -> Option<Keys> {
    // Some browsers write the padding.
    let bytes = |text: &str| match text.len() {
        0..=KEY_BYTES_MAX => URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok(),
        _ => None,
    };
    Some(Keys {
        public: PublicKey::from_sec1_bytes(&bytes(&target.p256dh)?).ok()?,
        auth: bytes(&target.auth)?.try_into().ok()?,
    })
}

fn judge(status: u16) -> Result<(), PushError> {
    let why = || format!("it answered {status}");
    match status {
        200..=299 => Ok(()),
        404 | 410 => Err(PushError::Gone),
        408 | 425 | 429 | 500..=599 => Err(PushError::Later(why())),
        _ => Err(PushError::Never(why())),
    }
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::clock::SystemClock;

    use super::*;

    #[test]
    fn a_browser_is_outside_and_has_keys_that_are_some() {
        let push = HttpPush::new(
            &[b"the current one".as_slice(), b"the one before".as_slice()],
            "mailto:a@b.example",
            false,
            Arc::new(SystemClock),
        );
        let push = push.unwrap();
        let target = || PushTarget {
            endpoint: "https://push.example.com/send/abc".to_owned(),
            p256dh: encrypt::tests::BROWSER.to_owned(),
            auth: encrypt::tests::AUTH.to_owned(),
            sender_key: push.public_key().to_owned(),
        };
        assert!(push.takes(&target()));
        let before = push.senders[1].public_key.clone();
        assert!(
            push.takes(&PushTarget {
                sender_key: before,
                ..target()
            }),
            "its secret is listed still"
        );
        let padded = |key: &str, length: usize| format!("{key}{}", "=".repeat(length));
        let own_padding = PushTarget {
            p256dh: padded(encrypt::tests::BROWSER, 1),
            auth: padded(encrypt::tests::AUTH, 2),
            ..target()
        };
        assert!(push.takes(&own_padding));
        let (long, long_auth) = (
            padded(encrypt::tests::BROWSER, 90_000),
            padded(encrypt::tests::AUTH, 90_000),
        );
        for (endpoint, p256dh, auth, sender_key) in [
            (None, Some(long.as_str()), None, None),
            (None, None, Some(long_auth.as_str()), None),
            (Some("http://push.example.com/send"), None, None, None),
            (Some("https://127.0.0.1/send"), None, None, None),
            (Some("https://[::ffff:169.254.169.254]/send"), None, None, None),
            (Some("push.example.com"), None, None, None),
            (None, Some("BAAA"), None, None),
            (None, None, Some("AAAA"), None),
            (None, None, None, Some("another")),
        ] {
            let own = target();
            let other = PushTarget {
                endpoint: endpoint.map_or(own.endpoint, str::to_owned),
                p256dh: p256dh.map_or(own.p256dh, str::to_owned),
                auth: auth.map_or(own.auth, str::to_owned),
                sender_key: sender_key.map_or(own.sender_key, str::to_owned),
            };
            assert!(!push.takes(&other), "{other:?}");
        }
    }

    #[test]
    fn what_has_ended_is_told_apart_from_what_is_away() {
        let judged = [201, 404, 410, 429, 503, 400, 403].map(judge);
        let is_later = |outcome: &Result<(), PushError>| matches!(outcome, Err(PushError::Later(_)));
        let is_never = |outcome: &Result<(), PushError>| matches!(outcome, Err(PushError::Never(_)));
        assert_eq!(judged[..3], [Ok(()), Err(PushError::Gone), Err(PushError::Gone)]);
        assert!(judged[3..5].iter().all(is_later) && judged[5..].iter().all(is_never));
    }
}
