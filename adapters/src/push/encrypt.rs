//! Encrypts a message for one browser (RFC 8291): nobody in between reads it, its push service neither.

use p256::{PublicKey, SecretKey, ecdh::diffie_hellman};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
};

/// A message is one record (RFC 8188): this long at most.
const RECORD_BYTES: u32 = 4_096;
/// What stands behind the text of the last record.
const LAST: u8 = 2;

/// A key for one message.
pub(super) fn ephemeral() -> SecretKey {
    loop {
        // All numbers but one in 2³² are keys.
        if let Ok(key) = SecretKey::from_slice(&rand::random::<[u8; 32]>()) {
            return key;
        }
    }
}

/// The body of the request. `None` where the text is too long.
pub(super) fn encrypt(
    text: &[u8],
    browser: &PublicKey,
    auth: &[u8],
    own: &SecretKey,
    salt: &[u8; 16],
) -> Option<Vec<u8>> {
    let (browser_point, own_point) = (browser.to_sec1_bytes(), own.public_key().to_sec1_bytes());
    let shared = diffie_hellman(own.to_nonzero_scalar(), browser.as_affine());
    let of_both = [b"WebPush: info\0".as_slice(), &*browser_point, &*own_point];
    let secret: [u8; 32] = derive(auth, shared.raw_secret_bytes(), &of_both)?;
    let key: [u8; 16] = derive(salt, &secret, &[b"Content-Encoding: aes128gcm\0".as_slice()])?;
    let nonce: [u8; 12] = derive(salt, &secret, &[b"Content-Encoding: nonce\0".as_slice()])?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
    let mut sealed = [text, [LAST].as_slice()].concat();
    // The key is this message's alone, and so is its nonce.
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed).ok()?;
    let point_length = u8::try_from(own_point.len()).ok()?;
    let mut head = salt.to_vec();
    head.extend(RECORD_BYTES.to_be_bytes());
    head.push(point_length);
    head.extend_from_slice(&own_point);
    (sealed.len() <= RECORD_BYTES as usize).then(|| [head, sealed].concat())
}

/// HKDF with SHA-256 (RFC 5869).
fn derive<const LENGTH: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Option<[u8; LENGTH]> {
    let mut derived = [0; LENGTH];
    let key = Salt::new(HKDF_SHA256, salt).extract(secret);
    key.expand(info, Bytes(LENGTH)).ok()?.fill(&mut derived).ok()?;
    Some(derived)
}

struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
pub(super) mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    // RFC 8291, appendix A.
    pub(in super::super) const BROWSER: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    pub(in super::super) const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const OWN: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
    const BODY: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    #[test]
    fn it_encrypts_as_the_specification_does() {
        let browser = PublicKey::from_sec1_bytes(&bytes(BROWSER)).unwrap();
        let own = SecretKey::from_slice(&bytes(OWN)).unwrap();
        let salt = bytes(SALT).try_into().unwrap();
        let text = b"When I grow up, I want to be a watermelon";
        let body = encrypt(text, &browser, &bytes(AUTH), &own, &salt).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(body), BODY);
        assert_eq!(encrypt(&[b'x'; 4_096], &browser, &bytes(AUTH), &own, &salt), None);
    }
}
