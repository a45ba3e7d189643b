//! Text that people type: one documented normal form, bounded, with nothing hidden in it.
//!
//! Text is trimmed and brought to Unicode's NFC. Control characters (NUL, CR, LF where a line is
//! asked for) and the characters that turn the direction of writing are refused: in a mail's
//! header or a parcel's label they show something other than what they hold.

use email_address::{EmailAddress, Options};
use unicode_normalization::UnicodeNormalization;

use crate::{ErrorCode, Refusal};

/// One line of at most `length_max` characters, not empty.
pub fn line(field: &[&str], text: &str, length_max: usize) -> Result<String, Refusal> {
    match optional_line(field, Some(text), length_max)? {
        Some(text) => Ok(text),
        None => Err(Refusal::new(ErrorCode::Invalid, format!("{} must not be empty.", name(field))).at(field)),
    }
}

/// As [`line()`]; empty text is `None`.
pub fn optional_line(field: &[&str], text: Option<&str>, length_max: usize) -> Result<Option<String>, Refusal> {
    normal(field, text.unwrap_or_default(), length_max, |c| c.is_control())
}

/// Several lines of at most `length_max` characters; empty text is `None`.
pub fn optional_paragraph(field: &[&str], text: Option<&str>, length_max: usize) -> Result<Option<String>, Refusal> {
    normal(field, text.unwrap_or_default(), length_max, |c| {
        c.is_control() && c != '\n' && c != '\t'
    })
}

/// HTML that may reach a shopper's browser: what could harm them is taken out, not refused.
pub fn html(field: &[&str], html: &str, bytes_max: usize) -> Result<String, Refusal> {
    if html.len() > bytes_max {
        let message = format!("{} must have at most {bytes_max} bytes.", name(field));
        return Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    }
    // PostgreSQL keeps no NUL.
    Ok(ammonia::clean(html.trim()).replace('\0', ""))
}

/// A mail address in the one form that is stored and compared: NFC, lower case. Exactly one
/// address, without a display name.
pub fn email(field: &[&str], text: &str) -> Result<String, Refusal> {
    let address = line(field, text, 254)?.to_lowercase();
    let options = Options::default()
        .with_required_tld()
        .without_display_text()
        .without_domain_literal();
    let plain = !address.contains([',', ';', '<', '>', '"', '(', ')', ' ', '\\']);
    if plain && EmailAddress::parse_with_options(&address, options).is_ok() {
        Ok(address)
    } else {
        Err(Refusal::new(
            ErrorCode::Invalid,
            format!("{} must be one mail address, like `ada@example.com`.", name(field)),
        )
        .at(field))
    }
}

fn normal(
    field: &[&str],
    text: &str,
    length_max: usize,
    refused: impl Fn(char) -> bool,
) -> Result<Option<String>, Refusal> {
    // Four bytes a character: what is longer cannot be short enough, and is not normalised at all.
    let too_long = || {
        Refusal::new(
            ErrorCode::Invalid,
            format!("{} must have at most {length_max} characters.", name(field)),
        )
        .at(field)
    };
    if text.len() > length_max.saturating_mul(4) {
        return Err(too_long());
    }
    let text: String = text.trim().nfc().collect();
    if text.chars().count() > length_max {
        return Err(too_long());
    }
    if text.chars().any(|c| refused(c) || hides(c)) {
        let message = format!("{} holds a control character or one that hides text.", name(field));
        return Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    }
    Ok((!text.is_empty()).then_some(text))
}

/// Turns the direction of writing, breaks a line, or shows nothing at all.
fn hides(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
}

fn name(field: &[&str]) -> String {
    format!("`{}`", field.last().copied().unwrap_or("text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: &[&str] = &["name"];

    #[test]
    fn lines_are_normalised_and_bounded() {
        assert_eq!(line(FIELD, "  Zoe\u{308} ", 10), Ok("Zoë".to_owned()));
        assert_eq!(optional_line(FIELD, Some("   "), 10), Ok(None));
        for text in [
            "",
            "a\r\nBcc: b@example.com",
            "a\0b",
            "abc\u{202E}cba",
            "a\u{200B}b",
            "a\u{2028}b",
            "12345678901",
        ] {
            assert!(line(FIELD, text, 10).is_err(), "{text:?}");
        }
    }

    #[test]
    fn mail_addresses_have_one_form() {
        assert_eq!(email(FIELD, " Ada@Example.COM "), Ok("ada@example.com".to_owned()));
        for text in [
            "",
            "ada",
            "a@x,b@y",
            "a@x.com,b@y.com",
            "Ada <ada@example.com>",
            "a@b.c\r\nBcc: x@y.z",
            "\"a b\"@example.com",
            "a@localhost",
        ] {
            assert!(email(FIELD, text).is_err(), "{text:?}");
        }
    }
}
