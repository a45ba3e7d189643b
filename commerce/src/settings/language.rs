//! Language tags.

use std::{iter, sync::Arc};

use crate::{ErrorCode, Refusal, Shop, language::messages, text::code};

/// The longest tag that RFC 5646 asks programs to take.
const TAG_LENGTH_MAX: usize = 35;

/// A language tag of BCP 47 in its usual form: a language, perhaps a script and a region, as in `de`, `pt-BR`
/// and `zh-Hant-TW`.
pub fn language(field: &[&str], tag: &str) -> Result<String, Refusal> {
    normal(&code(tag).replace('_', "-")).ok_or_else(|| {
        let message = messages::language_form();
        Refusal::new(ErrorCode::Invalid, message).at(field)
    })
}

/// The one of the shop's languages that a tag names.
pub fn require_spoken(shop: &Shop, tag: &str) -> Result<String, Refusal> {
    let profile = shop.profile();
    profile.spoken(tag).map(|tag| tag.to_string()).ok_or_else(|| {
        let known: Vec<&str> = profile.languages.iter().map(AsRef::as_ref).collect();
        let message = messages::search_rule_language(known.join(", "));
        Refusal::new(ErrorCode::Invalid, message).at(&["language"])
    })
}

/// The language that the shop speaks to somebody who asked for one: that one, else its nearest relative (`pt` for
/// `pt-BR`, or `en-GB` for `en`), else the shop's own. What is behind a region (`de-DE-1996`, `en-US-u-hc-h12`) makes no
/// difference.
///
/// # Errors
/// `INVALID` for what is no tag.
pub fn nearest(field: &[&str], asked: &str, languages: &[Arc<str>]) -> Result<Arc<str>, Refusal> {
    let own = languages.first().cloned().unwrap_or_else(|| "en".into());
    Ok(related(field, asked, languages)?.unwrap_or(own))
}

/// As [`nearest`], and nothing where the shop speaks no language that is related.
pub(super) fn related(field: &[&str], asked: &str, languages: &[Arc<str>]) -> Result<Option<Arc<str>>, Refusal> {
    let asked = code(asked).replace('_', "-");
    let tag = (1..=asked.split('-').count().min(3)).rev().find_map(|length| {
        let head: Vec<_> = asked.split('-').take(length).collect();
        let is_rest_sound = asked.split('-').skip(length).all(is_subtag);
        normal(&head.join("-")).filter(|_| is_rest_sound)
    });
    let tag = match tag.filter(|_| asked.len() <= TAG_LENGTH_MAX) {
        Some(tag) => tag,
        None => language(field, &asked)?,
    };
    let known = |tag: &str| languages.iter().find(|known| &***known == tag).cloned();
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let mut relatives = iter::successors(Some(tag.as_str()), |tag| tag.rsplit_once('-').map(|(head, _)| head));
    let near = || languages.iter().find(|known| primary(known) == primary(&tag)).cloned();
    Ok(relatives.find_map(known).or_else(near))
}

fn is_subtag(part: &str) -> bool {
    (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
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
            ("de_at", "de-AT"),
        ] {
            assert_eq!(language(&["locales"], tag), Ok(expected.to_owned()), "{tag}");
        }
        for tag in [
            "", "d", "german", "de-", "de-D", "de-DEU", "1e", "de-DE-DE", "dé", "€-é",
        ] {
            assert!(language(&["locales"], tag).is_err(), "{tag}");
        }
    }

    #[test]
    fn who_asks_for_another_language_is_told_in_the_nearest() {
        let languages = ["en", "pt", "de-AT", "zh-Hant"].map(Arc::from);
        for (asked, told) in [
            ("EN", "en"),
            ("pt-BR", "pt"),
            ("pt_br", "pt"),
            ("de", "de-AT"),
            ("de-DE-1996", "de-AT"),
            ("en-US-u-hc-h12", "en"),
            ("zh-Hant-TW", "zh-Hant"),
            ("fr", "en"),
        ] {
            assert_eq!(nearest(&["locale"], asked, &languages).as_deref(), Ok(told), "{asked}");
        }
        for asked in ["", "english please", "xx-", "de--DE", "<script>", &"de-".repeat(20)] {
            assert!(nearest(&["locale"], asked, &languages).is_err(), "{asked}");
        }
    }
}
