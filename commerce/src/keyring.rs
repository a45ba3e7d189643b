//! The keys that sign access tokens: Ed25519.
//!
//! The database knows when a key was made and from when on it signs. The key itself follows from its id and the
//! shop's signing secret, so that nothing secret lies there and all servers have the same. Ed25519 because any 32
//! bytes are a key, the same token is signed the same by every server, and a key has one curve: there is none to
//! confuse.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{DecodingKey, EncodingKey};
use vitrine_entity::{ids::SigningKeyId, signing_key};

use crate::{error::Fault, signature};

/// How long a key that has been replaced verifies beyond the last token that it can have signed: servers learn of
/// its successor within some seconds.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// Bytes by which a secret is known again, without telling it.
const FINGERPRINT_BYTES: usize = 8;

/// A key that this shop can derive.
#[derive(Clone)]
pub struct Key {
    pub id: SigningKeyId,
    pub created_at: DateTime<Utc>,
    pub active_from: DateTime<Utc>,
    /// When it was withdrawn before its time.
    pub retired_at: Option<DateTime<Utc>>,
    /// Whether it follows from the current signing secret, and not from one before.
    pub is_of_current_secret: bool,
    /// The public key in base64url, as a JWK has it.
    pub public: String,
    pub(crate) encoding: EncodingKey,
    pub(crate) decoding: DecodingKey,
}

/// The keys as they stood when they were last read, by the time from which they sign.
#[derive(Debug, Clone, Default)]
pub struct Keyring(Vec<Key>);

impl Keyring {
    /// Of the `rows`, those whose secret is among the `secrets`; the first of these is the current one.
    pub(crate) fn new<'a>(
        rows: impl IntoIterator<Item = signing_key::Model>,
        secrets: impl Iterator<Item = &'a [u8]> + Clone,
    ) -> Result<Self, Fault> {
        let mut keys = Vec::new();
        for row in rows {
            let secret = secrets
                .clone()
                .enumerate()
                .find(|(_, secret)| fingerprint(secret) == row.secret_fingerprint);
            if let Some((place, secret)) = secret {
                keys.push(derive(&row, secret, place == 0)?);
            }
        }
        keys.sort_by_key(|key| (key.active_from, key.id));
        Ok(Self(keys))
    }

    /// The key that signs at this moment.
    pub fn signing(&self, now: DateTime<Utc>) -> Option<&Key> {
        let is_active = |key: &&Key| key.active_from <= now && key.retired_at.is_none();
        self.0.iter().rev().find(is_active)
    }

    /// The key by which a token is verified that lives for `lifetime` at most.
    pub fn verifying(&self, id: SigningKeyId, now: DateTime<Utc>, lifetime: TimeDelta) -> Option<&Key> {
        self.published(now, lifetime).find(|key| key.id == id)
    }

    /// Every key that verifies: those that will sign, the one that does, and those whose last token is not out.
    pub fn published(&self, now: DateTime<Utc>, lifetime: TimeDelta) -> impl Iterator<Item = &Key> {
        let is_out = move |place: usize| {
            let successor = self.0[place + 1..].iter().find(|key| key.retired_at.is_none());
            successor.is_some_and(|next| next.active_from + lifetime + GRACE <= now)
        };
        let keys = self.0.iter().enumerate();
        keys.filter(move |(place, key)| key.retired_at.is_none() && !is_out(*place))
            .map(|(_, key)| key)
    }

    /// The newest, signing or not.
    pub fn newest(&self) -> Option<&Key> {
        self.0.iter().rev().find(|key| key.retired_at.is_none())
    }

    /// All that are known, oldest first.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }
}

/// By this a row says which secret its key follows from.
pub fn fingerprint(secret: &[u8]) -> Vec<u8> {
    signature::mac(secret, b"which signing secret:")[..FINGERPRINT_BYTES].to_vec()
}

fn derive(row: &signing_key::Model, secret: &[u8], is_of_current_secret: bool) -> Result<Key, Fault> {
    let message = [b"access-token-key:", row.id.0.as_bytes().as_slice()].concat();
    let key = SigningKey::from_bytes(&signature::mac(secret, &message));
    let public = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    let der = key.to_pkcs8_der();
    let der = der.map_err(|error| Fault::Other(format!("encoding a signing key: {error}"), None))?;
    let decoding = DecodingKey::from_ed_components(&public);
    Ok(Key {
        id: row.id,
        created_at: row.created_at,
        active_from: row.active_from,
        retired_at: row.retired_at,
        is_of_current_secret,
        encoding: EncodingKey::from_ed_der(der.as_bytes()),
        decoding: decoding.map_err(|error| Fault::other("reading a signing key", error))?,
        public,
    })
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const SECRETS: [&[u8]; 2] = [b"the current one", b"the one before"];

    fn row(id: u128, secret: &[u8], from: DateTime<Utc>) -> signing_key::Model {
        signing_key::Model {
            id: SigningKeyId(Uuid::from_u128(id)),
            secret_fingerprint: fingerprint(secret),
            created_at: from,
            active_from: from,
            retired_at: None,
        }
    }

    #[test]
    fn a_key_is_announced_signs_and_verifies_until_its_last_token_is_out() {
        let (begin, hour, lifetime) = (DateTime::UNIX_EPOCH, TimeDelta::hours(1), TimeDelta::minutes(10));
        let rows = [
            row(1, SECRETS[1], begin),
            row(2, SECRETS[0], begin + hour),
            row(3, b"unknown", begin),
        ];
        let keys = Keyring::new(rows, SECRETS.into_iter()).unwrap();
        let signing = |at| keys.signing(at).map(|key| key.id.0.as_u128());
        let published = |at| {
            keys.published(at, lifetime)
                .map(|key| key.id.0.as_u128())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (signing(begin), published(begin)),
            (Some(1), vec![1, 2]),
            "the next is announced"
        );
        assert_eq!(signing(begin - hour), None);
        assert_eq!((signing(begin + hour), published(begin + hour)), (Some(2), vec![1, 2]));
        assert_eq!(published(begin + hour + lifetime + GRACE), [2], "its last token is out");
        assert!(keys.keys()[1].is_of_current_secret && !keys.keys()[0].is_of_current_secret);
        assert_ne!(keys.keys()[0].public, keys.keys()[1].public);
    }

    #[test]
    fn a_retired_key_neither_signs_nor_verifies() {
        let begin = DateTime::UNIX_EPOCH;
        let retired = signing_key::Model {
            retired_at: Some(begin),
            ..row(2, SECRETS[0], begin)
        };
        let keys = Keyring::new([row(1, SECRETS[0], begin), retired], SECRETS.into_iter()).unwrap();
        assert_eq!(keys.signing(begin).map(|key| key.id.0.as_u128()), Some(1));
        let verifying = |id| {
            keys.verifying(SigningKeyId(Uuid::from_u128(id)), begin, TimeDelta::hours(1))
                .is_some()
        };
        assert_eq!((verifying(1), verifying(2)), (true, false));
    }
}
