//! The address by which whoever got a mail stops further ones: signed with the shop's secret.

use vitrine_entity::ids::StockAlertId;

use crate::{Shop, signature};

/// Bytes of a signature: 160 bits.
const SIGNATURE_BYTES: usize = 20;

/// Where whoever has this link stops it.
pub(crate) fn link(shop: &Shop, id: StockAlertId) -> String {
    let base = &shop.settings.public_url;
    format!(
        "{base}/stock-alerts/{id}?signature={}",
        signature::sign(&shop.settings.signing_secret, &message(id), SIGNATURE_BYTES)
    )
}

/// Whether the shop gave the link.
pub(super) fn is_signed(shop: &Shop, id: StockAlertId, signature: &str) -> bool {
    signature::is_ours(
        shop.settings.signing_secrets(),
        &message(id),
        SIGNATURE_BYTES,
        signature,
    )
}

fn message(id: StockAlertId) -> Vec<u8> {
    format!("stock-alert:{id}").into_bytes()
}
