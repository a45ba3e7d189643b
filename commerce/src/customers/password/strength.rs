//! Which passwords will do. An account that is there keeps the one that it has.

use zxcvbn::{Score, zxcvbn};

use crate::{
    ErrorCode, Refusal,
    language::{Message, messages},
};

/// Characters. Longer passwords are refused before anything is computed from them.
pub const LENGTH_MIN: usize = 12;
pub const LENGTH_MAX: usize = 128;

/// As short as this only what is hard to guess all the same.
pub const LENGTH_MIN_STRONG: usize = 8;

/// Checks a new password: its length, and how soon it would be guessed by whoever knows what many people choose and
/// `about`, what is known of its owner: mail address and name.
///
/// # Errors
/// `WEAK_PASSWORD` at `field`.
pub fn check(field: &[&str], password: &str, about: &[&str]) -> Result<(), Refusal> {
    weakness(password, about).map_or(Ok(()), |message| {
        Err(Refusal::new(ErrorCode::WeakPassword, message).at(field))
    })
}

/// How many characters, unless it is too long to be looked at.
pub(super) fn measured(password: &str) -> Option<usize> {
    // Four bytes a character: what is longer is not even counted.
    (password.len() <= 4 * LENGTH_MAX)
        .then(|| password.chars().count())
        .filter(|length| *length <= LENGTH_MAX)
}

fn weakness(password: &str, about: &[&str]) -> Option<Message> {
    let Some(length) = measured(password) else {
        return Some(messages::password_too_long(LENGTH_MAX));
    };
    let too_short = || messages::password_too_short(LENGTH_MIN, LENGTH_MIN_STRONG);
    if length < LENGTH_MIN_STRONG {
        return Some(too_short());
    }
    // It looks at the first hundred characters of either.
    let score = zxcvbn(password, &[]).score();
    if length < LENGTH_MIN && score < Score::Three {
        return Some(too_short());
    }
    if score < Score::Two {
        return Some(messages::password_guessed());
    }
    let words = words_of(about);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let known = zxcvbn(password, &words).score();
    let needed = if length < LENGTH_MIN { Score::Three } else { Score::Two };
    (known < needed || is_made_of(password, &words)).then(messages::password_personal)
}

/// Whether little is left of it without these words.
fn is_made_of(password: &str, words: &[&str]) -> bool {
    /// Letters and digits that are enough beside them.
    const REST_MIN: usize = 6;

    let whole = password.to_lowercase();
    let mut rest = whole.clone();
    for word in words {
        rest = rest.replace(word, "");
    }
    rest != whole && rest.chars().filter(|c| c.is_alphanumeric()).count() < REST_MIN
}

/// What somebody may have made it of: each as it is, and each word of it.
fn words_of(about: &[&str]) -> Vec<String> {
    /// A shorter word is in too much that has nothing to do with it.
    const WORD_MIN: usize = 3;
    const LENGTH_MAX: usize = 100;

    let mut words = Vec::new();
    for text in about {
        let text: String = text.chars().take(LENGTH_MAX).collect::<String>().to_lowercase();
        let parts = text.split(|c: char| !c.is_alphanumeric());
        words.extend(parts.map(str::to_owned));
        words.push(text.split('@').next().unwrap_or_default().to_owned());
        words.push(text.chars().filter(|c| c.is_alphanumeric()).collect());
        words.push(text);
    }
    words.retain(|word| word.chars().count() >= WORD_MIN);
    // What holds another is taken out before it.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: [&str; 2] = ["ada.lovelace@example.com", "Ada Lovelace"];

    fn refused(password: &str) -> Option<String> {
        let refusal = check(&["password"], password, &ADA).err()?;
        assert_eq!(
            (refusal.code, &*refusal.field),
            (ErrorCode::WeakPassword, &["password".to_owned()][..])
        );
        Some(refusal.message.to_string())
    }

    #[test]
    fn length_is_counted_in_characters() {
        for short in ["", "1234567", "q7!Zp#k", "zitrone9", "ééééééé\u{301}"] {
            assert!(refused(short).unwrap().contains("at least 12"), "{short}");
        }
        assert_eq!(refused("q7!Zp#kW2x"), None, "short, and nobody guesses it");
        assert!(refused(&"ü".repeat(LENGTH_MAX + 1)).unwrap().contains("at most"));
        assert!(refused(&"x".repeat(1 << 20)).unwrap().contains("at most"));
        assert_eq!(refused(&"wet tree over nine ".repeat(6)), None);
    }

    #[test]
    fn what_many_people_choose_is_refused_at_any_length() {
        for common in [
            "password1234",
            "123456789012",
            "qwertyuiop12",
            "aaaaaaaaaaaaaaaa",
            "passwordpassword",
        ] {
            assert!(refused(common).unwrap().contains("guessed"), "{common}");
        }
        for good in ["correct horse battery staple", "vitrine demo staff", "a dozen lemons"] {
            assert_eq!(refused(good), None, "{good}");
        }
    }

    #[test]
    fn what_is_made_of_its_owner_is_refused() {
        for own in [
            "ada.lovelace@example.com",
            "AdaLovelace1",
            "lovelace.ada",
            "Ada Lovelace",
        ] {
            assert!(refused(own).is_some(), "{own}");
            assert!(refused(own).unwrap().contains("your mail"), "{own}: {:?}", refused(own));
        }
        assert_eq!(refused("ada kept nine purple drums"), None);
    }
}
