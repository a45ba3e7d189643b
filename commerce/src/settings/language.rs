//! Language tags.

use crate::{ErrorCode, Refusal};

/// A language tag of BCP 47 in its usual form: a language, perhaps a script and a region, as in `de`, `pt-BR`
/// and `zh-Hant-TW`.
pub fn language(field: &[&str], tag: &str) -> Result<String, Refusal> {
    normal(tag.trim()).ok_or_else(|| {
        let message = "A language must be a tag of BCP 47, like `de` or `pt-BR`.";
        Refusal::new(ErrorCode::Invalid, message).at(field)
    })
}

fn normal(tag: &str) -> Option<String> {
    let mut parts = tag.split('-').peekable();
    let letters = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = parts
        .next()
        .filter(letters)
        .filter(|part| (2..=3).contains(&part.len()))?;
    let mut normal = language.to_ascii_lowercase();
    if let Some(script) = parts.next_if(|part| part.len() == 4 && letters(part)) {
        normal.push('-');
        normal.push_str(&script[..1].to_ascii_uppercase());
        normal.push_str(&script[1..].to_ascii_lowercase());
    }
    let is_region = |part: &&str| match part.len() {
        2 => letters(part),
        3 => part.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    if let Some(region) = parts.next_if(is_region) {
        normal.push('-');
        normal.push_str(&region.to_ascii_uppercase());
    }
    parts.next().is_none().then_some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_form() {
        for (tag, expected) in [
            ("de", "de"),
            (" PT-br ", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("yue", "yue"),
        ] {
            assert_eq!(language(&["locales"], tag), Ok(expected.to_owned()), "{tag}");
        }
        for tag in [
            "", "d", "german", "de-", "de_DE", "de-D", "de-DEU", "1e", "de-DE-DE", "dé", "€-é",
        ] {
            assert!(language(&["locales"], tag).is_err(), "{tag}");
        }
    }
}
