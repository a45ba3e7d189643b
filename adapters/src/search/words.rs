//! What a word is, for every engine alike.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many words of a query count; Meilisearch's own limit.
const QUERY_WORDS_MAX: usize = 10;
/// What stands behind this many characters of a query is not looked at.
const QUERY_LETTERS_MAX: usize = 2_000;
/// Longer words are cut.
const WORD_LETTERS_MAX: usize = 60;

/// The words of a query as they were typed.
pub(super) fn query_words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(QUERY_LETTERS_MAX).collect();
    split(&text).into_iter().take(QUERY_WORDS_MAX).collect()
}

/// The words of a text, folded: what the index in memory is made of.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    split(text).iter().map(|word| fold(word)).collect()
}

/// A word without its case and accents.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word
        .chars()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
    {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            other => folded.push(other),
        }
    }
    folded
}

/// A filterable value as filters compare it, which is how Meilisearch does: accents count, case
/// and the blanks around it do not.
pub(super) fn value_key(value: &str) -> String {
    value.trim().nfkd().collect::<String>().to_lowercase()
}

fn split(text: &str) -> Vec<String> {
    let composed: String = text.nfc().collect();
    composed
        .split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(WORD_LETTERS_MAX).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_and_what_stands_between() {
        assert_eq!(folded_words("Crème-BRÛLÉE, 500 ml"), ["creme", "brulee", "500", "ml"]);
        assert_eq!(folded_words("Cre\u{300}me"), ["creme"]);
        assert_eq!(
            folded_words("Straße Ærø Łódź İstanbul"),
            ["strasse", "aero", "lodz", "istanbul"]
        );
        assert_eq!(folded_words("-\"title:x\" 🪵"), ["title", "x"]);
    }

    #[test]
    fn a_query_is_bounded() {
        assert_eq!(query_words(&"word ".repeat(10_000)).len(), QUERY_WORDS_MAX);
        assert_eq!(query_words(&"x".repeat(10_000)), ["x".repeat(WORD_LETTERS_MAX)]);
    }

    #[test]
    fn values_keep_their_accents() {
        assert_eq!(value_key(" Café "), value_key("cafe\u{301}"));
        assert_ne!(value_key("Café"), value_key("Cafe"));
    }
}
