//! Mail addresses: one form that is stored and compared, and the one that mail servers are given.

use email_address::{EmailAddress, Options};
use idna::AsciiDenyList;
use unicode_normalization::UnicodeNormalization;

use super::line;
use crate::{
    ErrorCode, Refusal,
    language::{Message, messages},
};

/// The longest that a mail server has to take (RFC 5321).
const LENGTH_MAX: usize = 254;

/// A mail address in the one form that is stored and compared: NFC, lower case, and the domain as people read it,
/// whether it was typed in its own letters or in ASCII (`xn--…`). Exactly one address, without a display name.
///
/// # Errors
/// `INVALID` for what is no address, and for what few mail servers take.
pub fn email(field: &[&str], text: &str) -> Result<String, Refusal> {
    let typed = halfwidth(&line(field, text, LENGTH_MAX)?);
    let address = bare(&typed);
    read(address).ok_or_else(|| {
        let name = field.last().copied().unwrap_or("email");
        Refusal::new(ErrorCode::Invalid, problem(name, address)).at(field)
    })
}

/// What is wrong with what is no address here. Whoever has one that is one elsewhere is told why it is not taken: mail
/// servers on the way refuse quoted ones, and those that some providers once gave against the rules (RFC 5321).
fn problem(name: &str, address: &str) -> Message {
    let local = address.rsplit_once('@').map_or("", |(local, _)| local);
    if local.len() > 1 && local.starts_with('"') && local.ends_with('"') {
        messages::quoted_email(name)
    } else if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        messages::dotted_email(name)
    } else {
        messages::not_an_email(name)
    }
}

/// A domain in ASCII, as mail servers and the names' directory know it. Nothing for what is no domain's name.
pub fn ascii_domain(domain: &str) -> Option<String> {
    let domain = domain.strip_suffix(['.', '。']).unwrap_or(domain);
    let ascii = idna::domain_to_ascii_from_cow(domain.as_bytes().into(), AsciiDenyList::STD3).ok()?;
    (!ascii.is_empty()).then(|| ascii.into_owned())
}

fn read(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let local = local.to_lowercase().nfc().collect::<String>();
    let ascii = ascii_domain(domain)?;
    let options = Options::default()
        .with_required_tld()
        .without_display_text()
        .without_domain_literal();
    // What ends in a number is an address of a network, and no domain.
    let is_domain = ascii
        .rsplit('.')
        .next()
        .is_some_and(|last| !last.bytes().all(|byte| byte.is_ascii_digit()));
    let is_plain = is_domain && !local.contains([',', ';', '<', '>', '"', '(', ')', ' ', '\\']);
    let sent = format!("{local}@{ascii}");
    let is_address = is_plain && sent.len() <= LENGTH_MAX && EmailAddress::parse_with_options(&sent, options).is_ok();
    let (shown, outcome) = idna::domain_to_unicode(&ascii);
    is_address.then(|| match outcome {
        Ok(()) => format!("{local}@{shown}"),
        Err(_) => sent,
    })
}

/// An address without what mail programs copy along: `mailto:`, and brackets where there is no name before them.
fn bare(typed: &str) -> &str {
    let is_link = typed.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("mailto:"));
    let address = if is_link { &typed[7..] } else { typed };
    let within = address.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    within.unwrap_or(address).trim()
}

/// Letters as wide as those of Chinese and Japanese, which their keyboards write, as the ASCII ones that are meant.
fn halfwidth(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: &[&str] = &["email"];

    #[test]
    fn mail_addresses_have_one_form() {
        for (text, expected) in [
            (" Ada@Example.COM ", "ada@example.com"),
            ("ada@example.com.", "ada@example.com"),
            ("ada+1@ab--cd.example.com", "ada+1@ab--cd.example.com"),
            ("kunde@müller-möbel.example", "kunde@müller-möbel.example"),
            ("Kunde@MÜLLER-MÖBEL.example", "kunde@müller-möbel.example"),
            ("kunde@mu\u{308}ller-mo\u{308}bel.example", "kunde@müller-möbel.example"),
            ("kunde@xn--mller-mbel-kcb9d.example", "kunde@müller-möbel.example"),
            ("jo\u{308}rg@example.de", "jörg@example.de"),
            ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
            ("taro@例え。テスト", "taro@例え.テスト"),
            ("mailto:Ada@example.com", "ada@example.com"),
            ("<ada@example.com>", "ada@example.com"),
        ] {
            let once = email(FIELD, text);
            assert_eq!(once.as_deref(), Ok(expected), "{text:?}");
            assert_eq!(email(FIELD, expected), once);
        }
        for text in [
            "",
            "ada",
            "a@x,b@y",
            "a@x.com,b@y.com",
            "Ada <ada@example.com>",
            "a@b.c\r\nBcc: x@y.z",
            "\"a b\"@example.com",
            "a@localhost",
            "a@",
            "a@.",
            "a@b..c",
            "a@ex_ample.com",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "<a@b.example",
            "mailto:",
            "a@xn--a.example",
        ] {
            assert!(email(FIELD, text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn whoever_has_an_odd_address_is_told_what_is_odd() {
        for (text, told) in [
            ("\"ada lovelace\"@example.org", "`email` has quotation marks"),
            ("ada.@docomo.ne.jp", "`email` has a dot"),
            (".ada@example.com", "`email` has a dot"),
            ("ada..l@example.com", "`email` has a dot"),
            ("\"Ada\" <ada@example.com>", "`email` must be one"),
            ("ada", "`email` must be one"),
        ] {
            let refusal = email(FIELD, text).expect_err(text);
            assert!(
                refusal.message.to_string().starts_with(told),
                "{text:?}: {}",
                refusal.message
            );
        }
    }

    #[test]
    fn a_domain_is_sent_in_ascii() {
        assert_eq!(ascii_domain("bücher.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(ascii_domain("example.com").as_deref(), Some("example.com"));
        assert_eq!((ascii_domain(""), ascii_domain("a b.example")), (None, None));
    }
}
