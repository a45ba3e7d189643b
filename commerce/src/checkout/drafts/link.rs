//! What opens a draft order to whoever is to pay it. As an order's access token it follows from the shop's secret, so that it
//! can be told again, and the row keeps its hash alone.

use subtle::ConstantTimeEq;
use vitrine_entity::{draft_order, ids::DraftOrderId};

use crate::{Shop, orders::access::hash, signature};

/// Bytes of a token: 160 bits.
const TOKEN_BYTES: usize = 20;

/// The token that opens the draft order `id`.
pub(super) fn token(shop: &Shop, id: DraftOrderId) -> String {
    signature::sign(&shop.settings.signing_secret, &message(id), TOKEN_BYTES)
}

/// Where whoever has this link pays the draft order.
pub fn link(shop: &Shop, id: DraftOrderId) -> String {
    let url = &shop.settings.draft_order_url;
    url.replace("{draft}", &id.to_string())
        .replace("{token}", &token(shop, id))
}

/// Whether `token` is the draft order's.
pub(super) fn opens(shop: &Shop, row: &draft_order::Model, token: &str) -> bool {
    let is_the_first = bool::from(hash(token).ct_eq(&row.token_hash));
    is_the_first || signature::is_ours(shop.settings.signing_secrets(), &message(row.id), TOKEN_BYTES, token)
}

fn message(id: DraftOrderId) -> Vec<u8> {
    [b"draft-order-access:", id.0.as_bytes().as_slice()].concat()
}
