//! The words of a query, and values as filters compare them, for every engine alike.

use unicode_normalization::UnicodeNormalization;
use vitrine_commerce::words::{QUERY_WORDS_MAX, split};

/// What stands behind this many characters of a query is not looked at.
const QUERY_LETTERS_MAX: usize = 2_000;

/// The words of a query as they were typed.
pub(super) fn query_words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(QUERY_LETTERS_MAX).collect();
    split(&text).into_iter().take(QUERY_WORDS_MAX).collect()
}

/// A filterable value as filters compare it, which is how Meilisearch does: accents count, case
/// and the blanks around it do not.
pub(super) fn value_key(value: &str) -> String {
    value.trim().nfkd().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_bounded() {
        assert_eq!(query_words(&"word ".repeat(10_000)).len(), QUERY_WORDS_MAX);
        assert_eq!(query_words(&"x".repeat(10_000)), ["x".repeat(60)]);
    }

    #[test]
    fn values_keep_their_accents() {
        assert_eq!(value_key(" Café "), value_key("cafe\u{301}"));
        assert_ne!(value_key("Café"), value_key("Cafe"));
    }
}
