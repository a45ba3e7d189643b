//! Who sends (RFC 8292): a key that push services know the shop by, and what it signs for each request.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
};
use reqwest::Url;
use serde_json::json;
use sha2::Sha256;

/// A day is the most that push services take.
const LIFETIME: TimeDelta = TimeDelta::hours(12);

/// A key, and whom to write to about what it signs.
pub(super) struct Sender {
    key: SigningKey,
    /// In base64url, as browsers take it.
    pub(super) public_key: String,
    contact: String,
}

impl Sender {
    /// The key follows from a signing secret, so that all servers have the same and none lies anywhere.
    pub(super) fn new(secret: &[u8], contact: &str) -> Self {
        let key = derive(secret);
        Self {
            public_key: URL_SAFE_NO_PAD.encode(key.public_key().to_sec1_bytes()),
            key: SigningKey::from(&key),
            contact: contact.to_owned(),
        }
    }

    /// The header `Authorization` of a request to `url`.
    pub(super) fn authorization(&self, url: &Url, now: DateTime<Utc>) -> String {
        let claims = json!({
            "aud": url.origin().ascii_serialization(),
            "exp": (now + LIFETIME).timestamp(),
            "sub": self.contact,
        });
        let part = |json: String| URL_SAFE_NO_PAD.encode(json);
        let header = json!({ "typ": "JWT", "alg": "ES256" });
        let signed = format!("{}.{}", part(header.to_string()), part(claims.to_string()));
        let signature: Signature = self.key.sign(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={signed}.{signature}, k={}", self.public_key)
    }
}

fn derive(secret: &[u8]) -> SecretKey {
    let mut round = 0_u32;
    loop {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
        mac.update(b"web-push:");
        mac.update(&round.to_be_bytes());
        // All numbers but one in 2³² are keys.
        if let Ok(key) = SecretKey::from_slice(&mac.finalize().into_bytes()) {
            return key;
        }
        round += 1;
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::{VerifyingKey, signature::Verifier};

    use super::*;

    #[test]
    fn what_it_signs_is_for_one_service_and_known_by_its_key() {
        let sender = Sender::new(b"a secret", "mailto:shop@example.com");
        assert_eq!(sender.public_key, Sender::new(b"a secret", "").public_key);
        assert_ne!(sender.public_key, Sender::new(b"another", "").public_key);
        let url = Url::parse("https://push.example.com:8443/send/abc?d=1").unwrap();
        let header = sender.authorization(&url, DateTime::UNIX_EPOCH);
        let (token, key) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let key = VerifyingKey::from_sec1_bytes(&bytes(key)).unwrap();
        let signature = Signature::from_slice(&bytes(signature)).unwrap();
        key.verify(signed.as_bytes(), &signature).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&bytes(signed.split_once('.').unwrap().1)).unwrap();
        let expected =
            json!({ "aud": "https://push.example.com:8443", "exp": 43_200, "sub": "mailto:shop@example.com" });
        assert_eq!(claims, expected);
    }
}
