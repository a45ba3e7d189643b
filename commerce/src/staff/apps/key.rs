//! What a key looks like: `vitrine_app_`, 128 random bits that tell it from others, 128 more that keep it secret,
//! and a checksum, by which a scanner of leaked secrets knows one of ours without asking.

use sha2::{Digest, Sha256};
use uuid::Uuid;
use vitrine_entity::ids::{decode_base32, encode_base32};

use crate::Shop;

const PREFIX: &str = "vitrine_app_";

/// Characters of each half, and of the checksum.
const HALF: usize = 26;
const CHECKSUM: usize = 6;

/// The characters of a key that people see in a list.
const HINT: usize = 4;

/// A new key.
pub(super) fn make(shop: &Shop) -> String {
    let random = || {
        let mut bits = [0; 16];
        shop.ids.fill(&mut bits);
        encode_base32(Uuid::from_bytes(bits))
    };
    let secret = format!("{}{}", random(), random());
    format!("{PREFIX}{secret}{}", checksum(&secret))
}

/// Whether a bearer says that it is one.
pub(in crate::staff) fn is_key(bearer: &str) -> bool {
    bearer.starts_with(PREFIX)
}

/// Whether it is one of ours by its form: what was cut or mistyped is not looked up.
pub(super) fn is_well_formed(key: &str) -> bool {
    let Some(rest) = key.strip_prefix(PREFIX) else {
        return false;
    };
    rest.len() == 2 * HALF + CHECKSUM
        && rest.is_ascii()
        && decode_base32(&rest[..HALF]).is_some()
        && decode_base32(&rest[HALF..2 * HALF]).is_some()
        && rest[2 * HALF..] == checksum(&rest[..2 * HALF])
}

/// What the database keeps: of 256 random bits a plain hash cannot be guessed backwards.
pub(super) fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key).to_vec()
}

/// Its last characters before the checksum.
pub(super) fn hint(key: &str) -> String {
    let end = key.len().saturating_sub(CHECKSUM);
    key.get(end.saturating_sub(HINT)..end).unwrap_or_default().to_owned()
}

/// Thirty bits.
fn checksum(secret: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(secret).into();
    let mut bits = [0; 16];
    bits.copy_from_slice(&digest[..16]);
    let text = encode_base32(Uuid::from_bytes(bits));
    text[HALF - CHECKSUM..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(secret: &str) -> String {
        format!("{PREFIX}{secret}{}", checksum(secret))
    }

    #[test]
    fn a_key_is_known_by_its_form() {
        let secret = "01j9zzzzzzzzzzzzzzzzzzzzzz".repeat(2);
        let good = key(&secret);
        assert!(is_key(&good) && is_well_formed(&good));
        assert_eq!((good.len(), hint(&good).as_str()), (12 + 52 + 6, "zzzz"));
        let mut typo = good.clone();
        typo.replace_range(20..21, "a");
        for bad in [
            "",
            PREFIX,
            &good[..good.len() - 1],
            &format!("{good}0"),
            &typo,
            &key(&"é".repeat(26)),
            &good.to_uppercase(),
        ] {
            assert!(!is_well_formed(bad), "{bad}");
        }
    }
}
