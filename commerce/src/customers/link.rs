//! Links that mails carry. Their tokens are derived with the shop's secret, so that a mail sent again can repeat
//! them and nothing that opens anything lies in the database.

use std::str::FromStr;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::Shop;

/// Bytes of a token: 160 bits.
const TOKEN_BYTES: usize = 20;

/// Ours have less than a hundred.
const LENGTH_MAX: usize = 200;

/// The token that opens `id`, for this `purpose` and until `round` is another.
pub(crate) fn token(shop: &Shop, purpose: &str, id: impl Into<Uuid> + ToString, round: i64) -> String {
    let text = id.to_string();
    format!("{text}.{}", signature(shop, purpose, id.into(), round))
}

/// What a token is for; whether it is [valid](is_valid) is known once its row was read.
pub(crate) fn id_of<Id: FromStr>(token: &str) -> Option<Id> {
    let (id, _) = (token.len() <= LENGTH_MAX).then(|| token.split_once('.'))??;
    id.parse().ok()
}

pub(crate) fn is_valid(shop: &Shop, token: &str, purpose: &str, id: impl Into<Uuid>, round: i64) -> bool {
    let signature = signature(shop, purpose, id.into(), round);
    token
        .split_once('.')
        .is_some_and(|(_, given)| bool::from(given.as_bytes().ct_eq(signature.as_bytes())))
}

/// Where whoever has this link goes on: `template` has a place for the page and the token.
pub(crate) fn url(template: &str, page: &str, token: &str) -> String {
    template.replace("{page}", page).replace("{token}", token)
}

/// Bytes that follow from the shop's secret, and that nobody finds without it.
pub(crate) fn derive(shop: &Shop, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&shop.settings.signing_secret).expect("HMAC takes a key of any length");
    mac.update(purpose.as_bytes());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn signature(shop: &Shop, purpose: &str, id: Uuid, round: i64) -> String {
    let bytes = derive(shop, purpose, &[id.as_bytes(), &round.to_be_bytes()]);
    URL_SAFE_NO_PAD.encode(&bytes[..TOKEN_BYTES])
}
