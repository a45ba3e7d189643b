//! Names as they stand in an address.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

use super::normal;

/// The most characters of a slug.
const SLUG_LENGTH_MAX: usize = 200;

/// Lower case, words joined by hyphens, Latin letters without their accents; empty when no letter or digit is
/// there. Letters of other scripts keep their marks, which make other letters of them (ガ is not カ).
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    let lower: String = normal(text).chars().flat_map(char::to_lowercase).nfc().collect();
    for c in lower.chars().flat_map(plain) {
        if c.is_alphanumeric() || (is_combining_mark(c) && slug.ends_with(is_of_word)) {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && !is_joiner(c) && !is_combining_mark(c) {
            slug.push('-');
        }
    }
    let mut slug: String = slug.nfc().take(SLUG_LENGTH_MAX).collect();
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether `text` can stand in an address as it is: lower-case letters and digits of any script,
/// and `-`, `_`, `.` between them.
pub fn is_slug(text: &str) -> bool {
    let fits = |c: char| (is_of_word(c) && !c.is_uppercase()) || matches!(c, '-' | '_' | '.');
    text.chars().count() <= SLUG_LENGTH_MAX
        && text.chars().all(fits)
        && text.starts_with(char::is_alphanumeric)
        && !text.contains("..")
        && is_nfc(text)
}

/// A Latin letter without its accents, a wide or narrow form as the usual one.
fn plain(c: char) -> impl Iterator<Item = char> {
    let is_form = matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FF00}'..='\u{FFEF}' | '\u{2070}'..='\u{209C}' | 'ª' | '²' | '³' | '¹' | 'º');
    let is_latin = matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    let (whole, parts) = match is_form || is_latin {
        true => (None, Some(c.nfkd().filter(|c| !is_combining_mark(*c)))),
        false => (Some(c).filter(|c| !matches!(c, '\u{300}'..='\u{36F}')), None),
    };
    whole.into_iter().chain(parts.into_iter().flatten())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_of_words() {
        assert_eq!(slugify("  Crème Brûlée & Co. "), "creme-brulee-co");
        assert_eq!(slugify("Größe 42"), "große-42");
        assert_eq!(slugify("İstanbul ＡＢ"), "istanbul-ab");
        assert_eq!(slugify("急須"), "急須");
        assert_eq!(slugify("ガラス"), "ガラス");
        assert_eq!(slugify("Чайник ά"), "чайник-ά");
        assert_eq!(slugify("ป่า ป้า น้ำ"), "ป่า-ป้า-น้ำ");
        assert_eq!(slugify("हिन्दी किताब"), "हिन्दी-किताब");
        assert_eq!(slugify("—"), "");
    }

    #[test]
    fn what_would_break_an_address_is_no_slug() {
        for text in ["oak-chair", "a", "a_b.c-1", "急須", "เสื้อยืด", "हिन्दी-किताबें"]
        {
            assert!(is_slug(text), "{text}");
        }
        for text in ["", "-a", "Oak", "a/b", "a b", "../etc", "a..b", "a?b", "a%20"] {
            assert!(!is_slug(text), "{text}");
        }
    }
}
