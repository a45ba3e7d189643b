//! What proves to an endpoint that an event is the shop's: HMAC-SHA-256 under a secret of its own, as Standard Webhooks says.
//!
//! A secret is derived from the endpoint's id, a number that grows when it is rotated, and the shop's signing secret, so that
//! nothing secret lies in the database. The row says by which signing secret: one that was replaced goes on for as long as it
//! is listed.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use vitrine_entity::{ids::WebhookEndpointId, webhook_endpoint};

use crate::{Shop, keyring::fingerprint, signature};

/// What stands before a secret's base64.
const PREFIX: &str = "whsec_";

/// Which secret it is of an endpoint.
#[derive(Clone, Copy)]
pub(super) struct Which<'a> {
    pub(super) endpoint: WebhookEndpointId,
    pub(super) number: i64,
    /// Of the signing secret that it follows from.
    pub(super) fingerprint: &'a [u8],
}

/// The secret as whoever verifies is told it.
pub(super) fn shown(key: &[u8; 32]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(key))
}

/// The key; `None` where the signing secret that it follows from is listed no more.
pub(super) fn key(shop: &Shop, which: Which<'_>) -> Option<[u8; 32]> {
    let secret = shop
        .settings
        .signing_secrets()
        .find(|secret| fingerprint(secret) == which.fingerprint)?;
    let message = [
        b"webhook-secret:".as_slice(),
        which.endpoint.0.as_bytes(),
        &which.number.to_be_bytes(),
    ];
    Some(signature::mac(secret, &message.concat()))
}

/// Every key that signs at this moment, the newest first: two while a new one replaces the old.
pub(super) fn keys(shop: &Shop, row: &webhook_endpoint::Model, now: DateTime<Utc>) -> Vec<[u8; 32]> {
    let newest = Which {
        endpoint: row.id,
        number: row.secret_number,
        fingerprint: &row.secret_fingerprint,
    };
    let is_over = row.previous_secret_until.is_none_or(|until| until <= now);
    let before = row
        .previous_secret_number
        .zip(row.previous_secret_fingerprint.as_deref());
    let before = before.filter(|_| !is_over).map(|(number, fingerprint)| Which {
        number,
        fingerprint,
        ..newest
    });
    let all = std::iter::once(newest).chain(before);
    all.filter_map(|which| key(shop, which)).collect()
}

/// The header `webhook-signature` of a message.
pub(super) fn signatures(keys: &[[u8; 32]], id: &str, timestamp: i64, body: &str) -> String {
    let message = format!("{id}.{timestamp}.{body}");
    let each = keys
        .iter()
        .map(|key| format!("v1,{}", STANDARD.encode(signature::mac(key, message.as_bytes()))));
    each.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn it_signs_as_the_specification_does() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let message = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        let signed = STANDARD.encode(signature::mac(&key, message.as_bytes()));
        assert_eq!(signed, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let (old, new) = ([1; 32], [2; 32]);
        let both = signatures(&[new, old], "evt_1", 7, "{}");
        let alone = |key| signatures(&[key], "evt_1", 7, "{}");
        assert_eq!(both, format!("{} {}", alone(new), alone(old)));
        assert_ne!(alone(new), signatures(&[new], "evt_1", 8, "{}"));
        assert!(shown(&new).starts_with("whsec_") && alone(new).starts_with("v1,"));
    }
}
