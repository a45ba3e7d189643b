//! What a gift card's code looks like: twenty letters and digits in groups of four, without those that are taken for
//! others, the last of which checks the rest. Nineteen of them are 95 bits, of which the last four that are shown give away
//! fifteen.

use sha2::{Digest, Sha256};
use vitrine_entity::ids::CreditAccountId;

use crate::{ErrorCode, Refusal, Shop, language::messages, signature, text};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const LENGTH: usize = 20;

/// Of codes of other shop systems. Shorter ones could be guessed.
const FOREIGN_LENGTH_MIN: usize = 8;
const FOREIGN_LENGTH_MAX: usize = 40;

/// In messages.
const EXAMPLE: &str = "7K3Q-M2XB-9TRA-0WZC-5HND";

/// A code in its normal form: capital letters, and nothing between them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Code(String);

impl Code {
    /// That of the card `id`, by the shop's present secret.
    pub(super) fn of(shop: &Shop, id: CreditAccountId) -> Self {
        Self::by_secret(&shop.settings.signing_secret, id)
    }

    /// That of a card that was made before, perhaps under a secret that was replaced since.
    pub(super) fn again(shop: &Shop, id: CreditAccountId, hash: &[u8]) -> Option<Self> {
        let mut codes = shop
            .settings
            .signing_secrets()
            .map(|secret| Self::by_secret(secret, id));
        codes.find(|code| code.hash() == hash)
    }

    fn by_secret(secret: &[u8], id: CreditAccountId) -> Self {
        let message = [b"gift-card:", id.0.as_bytes().as_slice()].concat();
        let bytes = signature::mac(secret, &message);
        let mut values: Vec<u8> = bytes.iter().take(LENGTH - 1).map(|byte| byte & 31).collect();
        values.push(check(&values));
        Self(letters(&values))
    }

    /// As somebody typed it: in small letters, with blanks or dashes, `O` for `0`, `I` and `L` for `1`.
    ///
    /// # Errors
    /// Refuses what cannot be a code.
    pub(super) fn read(field: &[&str], typed: &str) -> Result<Self, Refusal> {
        Self::parse(typed)
            .ok_or_else(|| Refusal::new(ErrorCode::Invalid, messages::gift_card_code_form(EXAMPLE)).at(field))
    }

    fn parse(typed: &str) -> Option<Self> {
        let typed = text::code(typed);
        let typed = typed.chars().filter(|c| !c.is_whitespace() && !is_dash(*c));
        let values: Option<Vec<u8>> = typed.take(LENGTH + 1).map(value).collect();
        let values = values.filter(|values| values.len() == LENGTH)?;
        let (checked, rest) = values.split_last()?;
        (*checked == check(rest)).then(|| Self(letters(&values)))
    }

    /// One that another shop system gave, as somebody typed it: letters and digits, whatever stands between them. Nobody can
    /// tell here whether it was mistyped.
    pub(super) fn foreign(typed: &str) -> Option<Self> {
        let typed = text::code(typed);
        let letters: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !is_dash(*c))
            .take(FOREIGN_LENGTH_MAX + 1)
            .collect();
        let is_code = (FOREIGN_LENGTH_MIN..=FOREIGN_LENGTH_MAX).contains(&letters.len());
        (is_code && letters.bytes().all(|letter| letter.is_ascii_alphanumeric()))
            .then(|| Self(letters.to_ascii_uppercase()))
    }

    /// What the database keeps of it.
    pub(super) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }

    pub(super) fn last_four(&self) -> String {
        self.0[self.0.len() - 4..].to_owned()
    }

    /// As it is shown.
    pub(super) fn written(&self) -> String {
        let groups: Vec<&str> = (0..LENGTH / 4).map(|group| &self.0[group * 4..group * 4 + 4]).collect();
        groups.join("-")
    }
}

fn letters(values: &[u8]) -> String {
    values
        .iter()
        .map(|value| char::from(ALPHABET[usize::from(*value)]))
        .collect()
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '_' | '.')
}

fn value(typed: char) -> Option<u8> {
    let letter = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    let place = ALPHABET.iter().position(|known| char::from(*known) == letter)?;
    u8::try_from(place).ok()
}

/// Luhn's check for 32 letters: it finds every wrong one, and most neighbours that changed places.
fn check(values: &[u8]) -> u8 {
    let doubled = |value: u8| (u32::from(value) * 2) / 32 + (u32::from(value) * 2) % 32;
    let from_the_end = values.iter().rev().zip([true, false].into_iter().cycle());
    let sum: u32 = from_the_end
        .map(|(value, is_doubled)| if is_doubled { doubled(*value) } else { u32::from(*value) })
        .sum();
    // Less than 32.
    ((32 - sum % 32) % 32) as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn code(number: u128) -> Code {
        Code::by_secret(b"a secret of a test", CreditAccountId(Uuid::from_u128(number)))
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = code(1);
        let written = code.written();
        assert_eq!(written.len(), 24);
        assert!(written.ends_with(&code.last_four()));
        let spoken = written
            .replace('-', " ")
            .to_lowercase()
            .replace('0', "o")
            .replace('1', "l");
        for typed in [
            written.clone(),
            spoken,
            written.replace('-', ""),
            format!("  {}", written.replace('-', "–")),
        ] {
            assert!(Code::parse(&typed) == Some(code.clone()), "{typed}");
        }
        for typed in [
            "",
            "7K3Q",
            &written[1..],
            &format!("{written}A"),
            "UUUU-UUUU-UUUU-UUUU-UUUU",
            &"A".repeat(5_000),
        ] {
            assert!(Code::parse(typed).is_none(), "{typed}");
        }
        assert!(Code::parse(EXAMPLE).is_none(), "the example of messages opens nothing");
    }

    proptest! {
        #[test]
        fn one_wrong_letter_is_found(number: u128, place in 0..LENGTH, other in 0..32_u8) {
            let code = code(number);
            let mut letters: Vec<u8> = code.0.bytes().collect();
            prop_assume!(letters[place] != ALPHABET[usize::from(other)]);
            letters[place] = ALPHABET[usize::from(other)];
            prop_assert!(Code::parse(&String::from_utf8_lossy(&letters)).is_none());
        }

        #[test]
        fn neighbours_that_changed_places_are_found(number: u128, place in 0..LENGTH - 1) {
            let code = code(number);
            let mut letters: Vec<u8> = code.0.bytes().collect();
            // Luhn's check does not tell the first letter and the last apart, whose doubles fold alike.
            let ends = [ALPHABET[0], ALPHABET[31]];
            prop_assume!(letters[place] != letters[place + 1]);
            prop_assume!(!(ends.contains(&letters[place]) && ends.contains(&letters[place + 1])));
            letters.swap(place, place + 1);
            prop_assert!(Code::parse(&String::from_utf8_lossy(&letters)).is_none());
        }

        #[test]
        fn a_card_has_its_own_code(one: u128, other: u128) {
            prop_assume!(one != other);
            prop_assert!(code(one) != code(other) && code(one) == code(one));
        }
    }
}
