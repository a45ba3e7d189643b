//! The address by which whoever got a mail stops further ones: signed with the shop's secret.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use vitrine_entity::ids::StockAlertId;

use crate::Shop;

/// Bytes of a signature: 160 bits.
const SIGNATURE_BYTES: usize = 20;

/// Where whoever has this link stops it.
pub(crate) fn link(shop: &Shop, id: StockAlertId) -> String {
    let base = &shop.settings.public_url;
    format!("{base}/stock-alerts/{id}?signature={}", sign(shop, id))
}

/// Whether the shop gave the link.
pub(super) fn is_signed(shop: &Shop, id: StockAlertId, signature: &str) -> bool {
    sign(shop, id).as_bytes().ct_eq(signature.as_bytes()).into()
}

fn sign(shop: &Shop, id: StockAlertId) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&shop.settings.signing_secret).expect("HMAC takes a key of any length");
    mac.update(format!("stock-alert:{id}").as_bytes());
    URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..SIGNATURE_BYTES])
}
