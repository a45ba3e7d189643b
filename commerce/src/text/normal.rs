//! The normal form of text: what nobody sees is taken out of it.
//!
//! Pasted text brings such characters along (a phone number from a contact, a cell from a spreadsheet, a name
//! typed on a right-to-left keyboard), and whoever sent it cannot see them, so it is mended rather than refused.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Trimmed, in NFC, every end of a line a single `\n`, and without what shows nothing.
pub fn normal(text: &str) -> String {
    let kept = visible(text.trim_matches(is_of_edge));
    // What was taken out may have stood between a blank and the edge.
    kept.trim_matches(is_of_edge).to_owned()
}

/// Tags at the end may belong to a flag.
fn is_of_edge(c: char) -> bool {
    is_blank(c) || (is_invisible(c) && !is_tag(c)) || is_joiner(c) || is_override(c)
}

/// What names something and is no text of people: a code, a handle, a number that is typed. In its [normal](normal()) form,
/// and its letters as wide as usual where a keyboard of Chinese or Japanese wrote wide ones.
pub fn code(text: &str) -> String {
    normal(&text.nfkc().collect::<String>())
}

/// As [`normal`], and not trimmed.
pub(super) fn visible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.nfc().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            c if is_line_end(c) => kept.push('\n'),
            c if is_joiner(c) && !kept.chars().next_back().is_some_and(joins) => {}
            c if is_tag(c) && kept.ends_with(|before| before == BLACK_FLAG || is_tag(before)) => kept.push(c),
            c if is_selector(c) && !kept.ends_with(has_forms) => {}
            c if is_invisible(c) => {}
            c => kept.push(c),
        }
    }
    kept.nfc().collect()
}

/// Whether text in its normal form still hides something: it turns the direction of writing, so that it shows
/// something other than what it holds.
pub fn hides(text: &str) -> bool {
    text.contains(is_override)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space, and letters that show nothing: fillers of Hangul, Braille without a dot.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}

/// The flags of England, Scotland and Wales are this one with tags behind it.
const BLACK_FLAG: char = '\u{1F3F4}';

fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0020}'..='\u{E007F}')
}

/// Says in which of its forms the character before it is shown.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}')
}

/// Whether there are forms of it to select among: of pictures, signs and letters of other scripts, and of the digits that
/// keys are drawn with.
fn has_forms(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '#' | '*') || (!c.is_ascii() && !is_of_edge(c))
}

/// Marks, isolates and embeddings of direction, zero-width spaces, soft hyphens, byte-order marks, tags, and what stands
/// between lines of annotations.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202C}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Has everything after it written from left to right, or from right to left, whatever it is.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202D}' | '\u{202E}')
}

/// Joins letters, or keeps them apart.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Whether a joiner after `c` changes what is shown: scripts from Arabic to those of India and Mongolia are
/// written with them, and pictures are put together.
fn joins(c: char) -> bool {
    let script = matches!(c, '\u{600}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{A840}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDFF}' | '\u{10A00}'..='\u{11FFF}');
    let picture = matches!(c, '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}');
    (script && (c.is_alphabetic() || is_combining_mark(c))) || picture
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_nobody_sees_is_taken_out() {
        for (text, expected) in [
            ("  Zoe\u{308} ", "Zoë"),
            ("\u{FEFF}Oak\u{200B}bowl\u{200E}", "Oakbowl"),
            ("\u{202D}+43 1 234\u{202C}", "+43 1 234"),
            ("\u{2068}+43\u{2069} 1", "+43 1"),
            ("שלום\u{200F}!", "שלום!"),
            ("co\u{AD}operate", "cooperate"),
            ("first\r\nsecond\rthird\u{2028}fourth", "first\nsecond\nthird\nfourth"),
            ("\u{3164}\u{200D} ", ""),
            ("\u{FE0F}\u{3164}\u{FE0F}", ""),
            // A joiner that Latin does not need, one of Persian, one of Hindi, and one of a family.
            ("a\u{200D}b", "ab"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("क्\u{200D}ष", "क्\u{200D}ष"),
            ("👩\u{200D}👧", "👩\u{200D}👧"),
            // The flag of Scotland, a key, a heart; and the same marks behind letters.
            (
                "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
                "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
            ),
            ("1\u{FE0F}\u{20E3} ❤\u{FE0F}", "1\u{FE0F}\u{20E3} ❤\u{FE0F}"),
            ("Oak\u{FE0F} b\u{34F}owl\u{E0067}", "Oak bowl"),
        ] {
            assert_eq!(normal(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_code_is_as_wide_as_usual() {
        assert_eq!(code("\u{2068}１０１０－A\u{200B}\u{3000}"), "1010-A");
        assert_eq!(code(" de_AT\u{200E}"), "de_AT");
    }

    #[test]
    fn an_override_within_text_hides_it() {
        assert!(hides(&normal("abc\u{202E}cba")));
        assert!(!hides(&normal("\u{202E}abc\u{202C}")));
    }

    proptest! {
        #[test]
        fn the_normal_form_of_it_is_itself(text in "[ a\u{300}\u{34F}\u{FE0F}🏴\u{E0067}\u{AD}\u{200B}-\u{200F}\u{2028}-\u{202E}\r\nم👩\u{FE0F}\u{3164}]{0,12}") {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }
    }
}
