//! What groups, companies and catalogs are called.

use crate::{ErrorCode, Refusal, text};

const NAME_LENGTH_MAX: usize = 100;

const NOTE_LENGTH_MAX: usize = 1_000;

const CODE_LENGTH_MAX: usize = 60;

pub(super) fn name(text: &str) -> Result<String, Refusal> {
    text::line(&["name"], text, NAME_LENGTH_MAX)
}

pub(super) fn note(text: Option<&str>) -> Result<Option<String>, Refusal> {
    text::optional_paragraph(&["note"], text, NOTE_LENGTH_MAX)
}

/// A code as it was given, or one made of the name.
pub(super) fn code(given: Option<&str>, name: &str) -> Result<String, Refusal> {
    let code = match given {
        Some(given) => text::code(given).to_ascii_lowercase(),
        None => made_of(name),
    };
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if (1..=CODE_LENGTH_MAX).contains(&code.len()) && code.chars().all(is_good) {
        return Ok(code);
    }
    let message =
        format!("A code has 1 to {CODE_LENGTH_MAX} characters: letters of the Latin alphabet, digits, `-` and `_`.");
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["code"]))
}

fn made_of(name: &str) -> String {
    let plain = text::slug::slugify(name);
    let words = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let code = words.collect::<Vec<_>>().join("-");
    let short: String = code.chars().take(CODE_LENGTH_MAX).collect();
    short.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_the_name_unless_it_is_given() {
        assert_eq!(code(None, "Crème & Co. (night)").as_deref(), Ok("creme-co-night"));
        assert_eq!(code(Some("VIP_2"), "x").as_deref(), Ok("vip_2"));
        assert_eq!(code(None, &"long ".repeat(30)).map(|code| code.len() <= 60), Ok(true));
        for (given, name) in [(None, "夜"), (Some(""), "Night"), (Some("a b"), "x"), (Some("é"), "x")] {
            assert!(code(given, name).is_err(), "{given:?} {name}");
        }
    }
}
