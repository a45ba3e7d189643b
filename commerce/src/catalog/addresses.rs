//! Where shoppers see products, categories and collections: as the shop's settings say.

use std::fmt::Write;

use vitrine_entity::slug_redirect::SlugKind;

use super::slug::is_slug;
use crate::Shop;

const PLACE: &str = "{slug}";

/// The pattern of a kind's addresses, with `{slug}`.
fn pattern(shop: &Shop, kind: SlugKind) -> Option<&str> {
    let settings = &shop.settings;
    let pattern = match kind {
        SlugKind::Product => &settings.product_url,
        SlugKind::Category => &settings.category_url,
        SlugKind::Collection => &settings.collection_url,
    };
    pattern.as_deref()
}

/// The address of what has this slug; `None` where the shop does not say how its addresses look.
pub fn address(shop: &Shop, kind: SlugKind, slug: &str) -> Option<String> {
    pattern(shop, kind).map(|pattern| pattern.replace(PLACE, &encoded(slug)))
}

/// Without scheme and host.
pub(super) fn path(shop: &Shop, kind: SlugKind, slug: &str) -> Option<String> {
    address(shop, kind, slug).map(|address| path_of(&address).to_owned())
}

/// The slug in a path, if it looks like an address of this kind.
pub(super) fn slug_in(shop: &Shop, kind: SlugKind, path: &str) -> Option<String> {
    let pattern = path_of(pattern(shop, kind)?);
    let pattern = pattern.split(['?', '#']).next()?;
    let (before, after) = pattern.split_once(PLACE)?;
    let slug = path.strip_prefix(before)?.strip_suffix(after)?;
    let slug = decoded(slug)?;
    is_slug(&slug).then_some(slug)
}

/// A slug as addresses have it: what is no letter or digit of ASCII stands as its bytes.
fn encoded(slug: &str) -> String {
    let mut text = String::with_capacity(slug.len());
    for byte in slug.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// The reverse; what was not encoded stays as it is.
fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

fn path_of(address: &str) -> &str {
    let host = address.find("://").map_or(0, |scheme| scheme + 3);
    address[host..].find('/').map_or("/", |path| &address[host + path..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_of_any_script_survives_an_address() {
        for slug in ["oak-chair", "große-42", "急須"] {
            assert_eq!(decoded(&encoded(slug)).as_deref(), Some(slug));
            assert_eq!(decoded(slug).as_deref(), Some(slug));
        }
        assert_eq!(encoded("süß"), "s%C3%BC%C3%9F");
        for odd in ["%", "%4", "%zz", "%é", "%ff"] {
            assert_eq!(decoded(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_path_begins_behind_the_host() {
        assert_eq!(path_of("https://shop.example/p/{slug}"), "/p/{slug}");
        assert_eq!(path_of("https://shop.example"), "/");
    }
}
