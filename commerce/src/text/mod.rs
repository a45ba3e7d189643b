//! Text that people type: one documented normal form, bounded, with nothing hidden in it.
//!
//! Text is trimmed and brought to Unicode's NFC; what shows nothing is taken out ([`normal()`]), every end of a
//! line is a `\n`, and where one line is asked for, a space. Other control characters and what turns the
//! direction of writing within text are refused: in a mail's header or a parcel's label they show something
//! other than what they hold.

mod email;
mod normal;
mod one_line;
pub mod slug;
mod web_address;

pub use self::{
    email::{ascii_domain, email},
    normal::{code, normal},
    one_line::one_line,
    web_address::web_address,
};
use crate::{ErrorCode, Refusal, language::messages};

/// One line of at most `length_max` characters, not empty.
pub fn line(field: &[&str], text: &str, length_max: usize) -> Result<String, Refusal> {
    match optional_line(field, Some(text), length_max)? {
        Some(text) => Ok(text),
        None => Err(Refusal::new(ErrorCode::Invalid, messages::empty_field(name(field))).at(field)),
    }
}

/// As [`line()`]; empty text is `None`.
pub fn optional_line(field: &[&str], text: Option<&str>, length_max: usize) -> Result<Option<String>, Refusal> {
    let is_break = |c| matches!(c, '\n' | '\t');
    bounded(field, text.unwrap_or_default(), length_max, |text| {
        // What stands around a break is often a space already.
        let parts = text.split(is_break).map(str::trim).filter(|part| !part.is_empty());
        match text.contains(is_break) {
            true => parts.collect::<Vec<_>>().join(" "),
            false => text,
        }
    })
}

/// One line of what another system has written for people to read: what a line may not hold is left out, and so is what is beyond
/// `length_max`. `None` where nothing is left.
pub fn shown_line(text: &str, length_max: usize) -> Option<String> {
    let text = one_line(&normal(text));
    let kept = text.chars().filter(|c| !normal::hides(c.encode_utf8(&mut [0; 4])));
    let kept: String = kept.take(length_max).collect();
    Some(kept.trim().to_owned()).filter(|kept| !kept.is_empty())
}

/// Several lines of at most `length_max` characters; empty text is `None`.
pub fn optional_paragraph(field: &[&str], text: Option<&str>, length_max: usize) -> Result<Option<String>, Refusal> {
    bounded(field, text.unwrap_or_default(), length_max, |text| text)
}

/// Several lines whose blanks at the edges are kept, of any length that the caller bounds. `None` where they hold a
/// control character or one that hides text.
pub fn paragraph(text: &str) -> Option<String> {
    let kept = normal::visible(text);
    (!kept.contains(is_refused) && !normal::hides(&kept)).then_some(kept)
}

/// HTML that may reach a shopper's browser: what could harm them is taken out, not refused.
pub fn html(field: &[&str], html: &str, bytes_max: usize) -> Result<String, Refusal> {
    if html.len() > bytes_max {
        let message = messages::too_many_bytes(name(field), bytes_max);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    }
    // PostgreSQL keeps no NUL.
    Ok(ammonia::clean(&normal(html)).replace('\0', ""))
}

fn bounded(
    field: &[&str],
    text: &str,
    length_max: usize,
    shape: impl Fn(String) -> String,
) -> Result<Option<String>, Refusal> {
    let refusal = |message| Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    let too_long = || messages::too_many_characters(length_max, name(field));
    // What is far longer than it may be is not normalised at all.
    if text.len() > length_max.saturating_mul(8) {
        return refusal(too_long());
    }
    let text = shape(normal(text));
    if text.chars().count() > length_max {
        return refusal(too_long());
    }
    if text.contains(is_refused) || normal::hides(&text) {
        return refusal(messages::hidden_characters(name(field)));
    }
    Ok((!text.is_empty()).then_some(text))
}

fn is_refused(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

fn name<'a>(field: &[&'a str]) -> &'a str {
    field.last().copied().unwrap_or("text")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: &[&str] = &["name"];

    #[test]
    fn lines_are_normalised_and_bounded() {
        assert_eq!(line(FIELD, "  Zoe\u{308} ", 10), Ok("Zoë".to_owned()));
        assert_eq!(optional_line(FIELD, Some("   "), 10), Ok(None));
        assert_eq!(line(FIELD, "a \r\n b\tc", 10), Ok("a b c".to_owned()));
        assert_eq!(
            optional_paragraph(FIELD, Some("a\r\n b"), 10),
            Ok(Some("a\n b".to_owned()))
        );
        for text in ["", "\u{200B}", "a\0b", "a\u{1B}[2J", "abc\u{202E}cba", "12345678901"] {
            assert!(line(FIELD, text, 10).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_others_have_written_is_shown_as_far_as_it_may_be() {
        for (text, expected) in [
            (" Left at\r\nthe door\0 ", Some("Left at the door")),
            ("\u{1B}[2Jabc\u{202E}cba", Some("[2Jabccba")),
            ("at the neighbour's, on the left", Some("at the neighbour's,")),
            ("\u{200B}\u{202E} \0", None),
        ] {
            let shown = shown_line(text, 20);
            assert_eq!(shown.as_deref(), expected, "{text:?}");
            // It is a line as anybody might have typed it.
            assert!(shown.is_none_or(|shown| line(FIELD, &shown, 20).as_ref() == Ok(&shown)));
        }
    }
}
