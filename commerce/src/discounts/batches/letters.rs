//! Codes that nobody guesses and everybody can read aloud. Pure.

use uuid::Uuid;

/// What looks like something else is left out: `0` and `O`, `1` and `I`. As many as five bits tell apart.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// How many letters and digits follow a prefix. With six of them there is one code in ten thousand at the most, of a
/// hundred thousand that were made.
pub(super) const LENGTHS: std::ops::RangeInclusive<i32> = 6..=20;

/// A code of a prefix and so many letters of 128 random bits.
pub(super) fn code(prefix: &str, length: i32, random: Uuid) -> String {
    let mut bits = random.as_u128();
    let mut code = prefix.to_owned();
    for _ in 0..length {
        code.push(char::from(ALPHABET[(bits & 31) as usize]));
        bits >>= 5;
    }
    code
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nothing_in_a_code_looks_like_something_else() {
        let each: BTreeSet<u8> = ALPHABET.iter().copied().collect();
        assert_eq!(each.len(), 32);
        assert!(b"0O1I".iter().all(|odd| !each.contains(odd)));
        assert!(LENGTHS.end() * 5 <= 128, "of each letter all bits are random");
        assert_eq!(code("WELCOME-", 8, Uuid::from_u128(0)), "WELCOME-AAAAAAAA");
        assert_eq!(code("", 6, Uuid::from_u128(u128::MAX)), "999999");
        assert_eq!(code("", 6, Uuid::from_u128(1 << 5)), "ABAAAA");
    }
}
