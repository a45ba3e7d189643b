//! The address of a download: signed with the shop's secret, so that nothing that opens one lies in the database.

use vitrine_entity::ids::OrderDownloadId;

use crate::{Shop, signature};

/// Bytes of a signature: 160 bits.
const SIGNATURE_BYTES: usize = 20;

/// Where whoever has this link fetches the file.
pub fn link(shop: &Shop, id: OrderDownloadId) -> String {
    let base = &shop.settings.public_url;
    format!(
        "{base}/downloads/{id}?signature={}",
        signature::sign(&shop.settings.signing_secret, &message(id), SIGNATURE_BYTES)
    )
}

/// Whether the shop gave the link.
pub(super) fn is_signed(shop: &Shop, id: OrderDownloadId, signature: &str) -> bool {
    signature::is_ours(
        shop.settings.signing_secrets(),
        &message(id),
        SIGNATURE_BYTES,
        signature,
    )
}

fn message(id: OrderDownloadId) -> Vec<u8> {
    format!("order-download:{id}").into_bytes()
}
