//! A search text as words.

use crate::{ErrorCode, Refusal, language::messages, text::normal};

/// The most characters of a search text; more is refused.
const TEXT_LENGTH_MAX: usize = 1_000;
/// What of a search text is looked for; the rest is ignored.
const WORDS_MAX: usize = 16;
const WORDS_LENGTH_MAX: usize = 256;

/// The words of a search text, without what nobody sees in it: the first sixteen and not more than 256 characters in all.
///
/// # Errors
/// Refuses a text of more than a thousand characters, and one that holds NUL, which nobody types.
pub(crate) fn words(text: &str) -> Result<Vec<String>, Refusal> {
    if text.len() > TEXT_LENGTH_MAX * 4 || text.chars().count() > TEXT_LENGTH_MAX {
        let message = messages::search_text_max(TEXT_LENGTH_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["query"]));
    }
    if text.contains('\0') {
        let message = messages::search_text_nul();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["query"]));
    }
    let mut left = WORDS_LENGTH_MAX;
    let mut words = Vec::new();
    for word in normal(text)
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
    {
        let word: String = word.chars().take(left).collect();
        left -= word.chars().count();
        if !word.is_empty() {
            words.push(word);
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_bounded() {
        assert_eq!(words(" oak\tchair\u{1} ").expect("words"), ["oak", "chair"]);
        assert!(words("oak\u{0}chair").is_err());
        assert_eq!(words(&"a ".repeat(30)).expect("words").len(), WORDS_MAX);
        assert_eq!(words(&"ä".repeat(900)).expect("words"), ["ä".repeat(WORDS_LENGTH_MAX)]);
        assert!(words(&"a".repeat(1_001)).is_err());
    }
}
