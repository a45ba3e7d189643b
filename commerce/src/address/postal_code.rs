//! Postal codes, checked by the form that a country gives them.

use regex::Regex;

use super::countries::{Country, PostalCode};
use crate::{
    ErrorCode, Refusal,
    language::{Message, messages},
    text,
};

const LENGTH_MAX: usize = 20;

/// A postal code, in capitals. Spaces and hyphens may stand or be left out as people do, and so may a country's letter
/// before it (`D-10117`).
///
/// # Errors
/// Refuses none where the country needs one, and what has another form.
pub(super) fn checked(field: &[&str], text: &str, country: &Country) -> Result<String, Refusal> {
    let refusal = |message: Message| Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    // Japan's sign of the post is none of the code.
    let typed = text::code(text).replace('〒', "");
    let Some(code) = text::optional_line(field, Some(&typed), LENGTH_MAX)? else {
        return match country.needs_postal_code() {
            true => refusal(messages::postal_code_empty()),
            false => Ok(String::new()),
        };
    };
    let code = code.to_uppercase();
    let Some(form) = &country.postal_code else {
        return Ok(code);
    };
    if has_form(&code, form) {
        return Ok(code);
    }
    if let Some(bare) = without_country(&code).filter(|bare| has_form(bare, form)) {
        return Ok(bare.to_owned());
    }
    // Latvia's own code is a part of its codes, and often left out.
    if has_form(&format!("{}{code}", country.code), form) {
        return Ok(code);
    }
    let (name, example) = (country.name("en"), form.example);
    refusal(messages::postal_code_form(example, name))
}

fn has_form(code: &str, form: &PostalCode) -> bool {
    let compact: String = code.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)).collect();
    let pattern = Regex::new(&format!("^(?:{})$", form.compact));
    // A pattern that cannot be read refuses nobody, and fails the test.
    pattern.map_or(true, |pattern| pattern.is_match(&compact))
}

/// `D-10117`, `LV-1010`, `SE 114 55`.
fn without_country(code: &str) -> Option<&str> {
    let (letters, rest) = code.split_once(|c| is_hyphen(c) || c == ' ')?;
    let is_country = (1..=3).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    is_country.then(|| rest.trim_matches(|c: char| is_hyphen(c) || c.is_whitespace()))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::countries::{countries, country};

    fn code(text: &str, of: &str) -> Result<String, Vec<String>> {
        let country = country(of).expect("a country");
        checked(&["postalCode"], text, country).map_err(|refusal| refusal.field)
    }

    #[test]
    fn every_form_is_one() {
        for country in countries() {
            let Some(form) = &country.postal_code else { continue };
            for pattern in [form.pattern, form.compact] {
                assert!(Regex::new(pattern).is_ok(), "{}: {pattern}", country.code);
            }
            let written = Regex::new(&format!("^(?:{})$", form.pattern)).expect("a pattern");
            assert!(written.is_match(form.example), "{}", country.code);
            assert_eq!(code(form.example, country.code).as_deref(), Ok(form.example));
        }
    }

    #[test]
    fn a_code_may_be_written_as_people_do() {
        for (text, of, expected) in [
            (" 10117 ", "DE", "10117"),
            ("d-10117", "DE", "10117"),
            ("sw1a1aa", "GB", "SW1A1AA"),
            ("SW1A 1AA", "GB", "SW1A 1AA"),
            ("1234ab", "NL", "1234AB"),
            ("1000001", "JP", "1000001"),
            ("90210 1234", "US", "90210 1234"),
            ("LV-1010", "LV", "LV-1010"),
            ("1010", "LV", "1010"),
            ("SE 114 55", "SE", "114 55"),
            ("", "GH", ""),
            ("00233", "GH", "00233"),
            ("１０１０", "AT", "1010"),
            ("D - 10117", "DE", "10117"),
            ("〒100-0001", "JP", "100-0001"),
            ("１００−０００１", "JP", "100−0001"),
            ("", "IE", ""),
        ] {
            assert_eq!(code(text, of).as_deref(), Ok(expected), "{text} {of}");
        }
        for (text, of) in [
            ("", "DE"),
            ("1011", "DE"),
            ("101177", "DE"),
            ("12345", "NL"),
            ("ABC", "US"),
        ] {
            assert!(code(text, of).is_err(), "{text} {of}");
        }
    }
}
