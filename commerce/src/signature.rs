//! What nobody but this shop can have written: HMAC-SHA-256 under its signing secret. Links, addresses of files and
//! second factors follow from it, so that nothing that opens anything lies in the database.
//!
//! A secret that was replaced goes on opening what was signed with it for as long as it is listed
//! (`Settings::signing_secrets_previous`); what is signed now is signed with the current one.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The bytes that follow from `message` under a secret.
pub(crate) fn mac(secret: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// SHA-256 of texts, each told apart from the next.
pub(crate) fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The first `length` bytes of a signature, at most 32, as a link carries them.
pub(crate) fn sign(secret: &[u8], message: &[u8], length: usize) -> String {
    URL_SAFE_NO_PAD.encode(&mac(secret, message)[..length])
}

/// Whether one of the `secrets` gave `signature`. How long it takes says nothing of how much of it is right.
pub(crate) fn is_ours<'a>(
    secrets: impl Iterator<Item = &'a [u8]>,
    message: &[u8],
    length: usize,
    signature: &str,
) -> bool {
    secrets.fold(false, |is_ours, secret| {
        is_ours | bool::from(sign(secret, message, length).as_bytes().ct_eq(signature.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_secret_opens_what_it_signed_and_nothing_else() {
        let (old, new): (&[u8], &[u8]) = (b"the one before", b"the current one");
        let given = sign(old, b"order:1", 20);
        assert!(is_ours([new, old].into_iter(), b"order:1", 20, &given));
        assert!(!is_ours([new].into_iter(), b"order:1", 20, &given));
        assert!(!is_ours([new, old].into_iter(), b"order:2", 20, &given));
        for other in ["", "x", &given[1..], &format!("{given}A")] {
            assert!(!is_ours([new, old].into_iter(), b"order:1", 20, other), "{other}");
        }
    }
}
