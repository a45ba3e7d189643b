//! Names as they stand in an address.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The most characters of a slug.
const SLUG_LENGTH_MAX: usize = 200;

/// Lower case, without accents, words joined by hyphens; empty when no letter or digit is there.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.nfc().take(SLUG_LENGTH_MAX).collect();
    slug.trim_end_matches('-').to_owned()
}

/// Whether `text` can stand in an address as it is: lower-case letters and digits of any script,
/// and `-`, `_`, `.` between them.
pub fn is_slug(text: &str) -> bool {
    let fits = |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_' | '.');
    text.chars().count() <= SLUG_LENGTH_MAX
        && text.chars().all(fits)
        && text.starts_with(char::is_alphanumeric)
        && !text.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_of_words() {
        assert_eq!(slugify("  Crème Brûlée & Co. "), "creme-brulee-co");
        assert_eq!(slugify("Größe 42"), "große-42");
        assert_eq!(slugify("急須"), "急須");
        assert_eq!(slugify("—"), "");
    }

    #[test]
    fn what_would_break_an_address_is_no_slug() {
        for text in ["oak-chair", "a", "a_b.c-1", "急須"] {
            assert!(is_slug(text), "{text}");
        }
        for text in ["", "-a", "Oak", "a/b", "a b", "../etc", "a..b", "a?b", "a%20"] {
            assert!(!is_slug(text), "{text}");
        }
    }
}
