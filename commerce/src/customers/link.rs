//! Links that mails carry. Their tokens are derived with the shop's secret, so that a mail sent again can repeat
//! them and nothing that opens anything lies in the database.

use std::str::FromStr;

use uuid::Uuid;

use crate::{ErrorCode, Refusal, Shop, signature};

/// Bytes of a token: 160 bits.
const TOKEN_BYTES: usize = 20;

/// Ours have less than a hundred.
const LENGTH_MAX: usize = 200;

/// The token that opens `id`, for this `purpose` and until `round` is another.
pub(crate) fn token(shop: &Shop, purpose: &str, id: impl Into<Uuid> + ToString, round: i64) -> String {
    let text = id.to_string();
    let message = message(purpose, id.into(), round);
    format!(
        "{text}.{}",
        signature::sign(&shop.settings.signing_secret, &message, TOKEN_BYTES)
    )
}

/// What a token is for; whether it is [valid](is_valid) is known once its row was read.
pub(crate) fn id_of<Id: FromStr>(token: &str) -> Option<Id> {
    let (id, _) = (token.len() <= LENGTH_MAX).then(|| token.split_once('.'))??;
    id.parse().ok()
}

pub(crate) fn is_valid(shop: &Shop, token: &str, purpose: &str, id: impl Into<Uuid>, round: i64) -> bool {
    let message = message(purpose, id.into(), round);
    let secrets = shop.settings.signing_secrets();
    token
        .split_once('.')
        .is_some_and(|(_, given)| signature::is_ours(secrets, &message, TOKEN_BYTES, given))
}

/// Refuses a token that opens nothing, whatever the reason; `then` says how to come to another.
pub(crate) fn dead(then: &str) -> Refusal {
    let message = format!("This link is used or too old: {then}");
    Refusal::new(ErrorCode::InvalidToken, message).at(&["token"])
}

/// Where whoever has this link goes on: `template` has a place for the page and the token.
pub(crate) fn url(template: &str, page: &str, token: &str) -> String {
    template.replace("{page}", page).replace("{token}", token)
}

/// Bytes that follow from the shop's secret, and that nobody finds without it.
pub(crate) fn derive(secret: &[u8], purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    signature::mac(secret, &joined(purpose, parts))
}

fn message(purpose: &str, id: Uuid, round: i64) -> Vec<u8> {
    joined(purpose, &[id.as_bytes(), &round.to_be_bytes()])
}

/// Each part with its length, so that no two lists of them are the same bytes.
fn joined(purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut message = purpose.as_bytes().to_vec();
    for part in parts {
        message.extend((part.len() as u64).to_be_bytes());
        message.extend(*part);
    }
    message
}
