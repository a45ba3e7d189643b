//! Answers as they are kept: encrypted (ChaCha20-Poly1305) with what follows from the shop's secret and the client's key
//! together. Whoever has the database alone reads none of them, nor whoever has the secret besides.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::{Shop, signature};

pub(super) fn seal(shop: &Shop, id: &str, key: &str, answer: &[u8]) -> Option<Vec<u8>> {
    let cipher = cipher(&shop.settings.signing_secret, key)?;
    let mut nonce = [0; NONCE_LEN];
    shop.ids.fill(&mut nonce);
    let mut text = answer.to_vec();
    let tag = cipher
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(id.as_bytes()), &mut text)
        .ok()?;
    Some([&nonce[..], &text, tag.as_ref()].concat())
}

/// What was sealed under one of the shop's secrets; `None` where that is none of them any more.
pub(super) fn open(shop: &Shop, id: &str, key: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>()?;
    shop.settings.signing_secrets().find_map(|secret| {
        let (cipher, mut text) = (cipher(secret, key)?, text.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = cipher.open_in_place(nonce, Aad::from(id.as_bytes()), &mut text).ok()?;
        Some(opened.to_vec())
    })
}

fn cipher(secret: &[u8], key: &str) -> Option<LessSafeKey> {
    let key = signature::mac(secret, format!("answer under {key}").as_bytes());
    Some(LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).ok()?))
}
