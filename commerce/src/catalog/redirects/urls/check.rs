//! What a path and a target must be.

use crate::{
    catalog::{fields::Refusals, save::is_web_address},
    language::messages,
};

const LENGTH_MAX: usize = 2_000;

/// The path in its one normal form: without a slash at its end, unless it is one.
pub(super) fn path(path: &mut String, refusals: &mut Refusals) {
    refusals.line(&["path"], path, LENGTH_MAX);
    *path = normal(path);
    if !path.is_empty() && !is_path(path, false) {
        let message = messages::redirect_path_form();
        refusals.refuse(&["path"], message);
    }
}

/// A path of the storefront, which may have a query and an anchor, or an address with `https://`.
pub(super) fn target(target: &mut String, refusals: &mut Refusals) {
    refusals.line(&["target"], target, LENGTH_MAX);
    let address = target.starts_with("https://") && is_web_address(target) && is_plain(target);
    if !target.is_empty() && !is_path(target, true) && !address {
        let message = messages::redirect_target_form();
        refusals.refuse(&["target"], message);
    }
}

/// As a path is kept and compared.
pub(crate) fn normal(path: &str) -> String {
    match path.trim_end_matches('/') {
        "" if path.starts_with('/') => "/".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}

fn is_path(path: &str, with_query: bool) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains("..")
        && is_plain(path)
        && (with_query || !path.contains(['?', '#']))
}

/// Nothing that a browser reads in another way than it stands there.
fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_form() {
        for (given, kept) in [("/sale/", "/sale"), ("/", "/"), ("/a/b", "/a/b"), (" /süß ", "/süß")] {
            let (mut text, mut refusals) = (given.to_owned(), Refusals::default());
            path(&mut text, &mut refusals);
            assert_eq!((text.as_str(), refusals.any().is_ok()), (kept, true), "{given}");
        }
        for wrong in [
            "",
            "sale",
            "//evil.example",
            "/a b",
            "/a?b",
            "/a#b",
            "/../etc",
            "/a\\b",
            "https://x.example/",
        ] {
            let (mut text, mut refusals) = (wrong.to_owned(), Refusals::default());
            path(&mut text, &mut refusals);
            assert!(refusals.any().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_target_stays_or_leaves_by_https() {
        for right in ["/sale", "/sale?from=old#top", "https://shop.example/sale"] {
            let (mut text, mut refusals) = (right.to_owned(), Refusals::default());
            target(&mut text, &mut refusals);
            assert!(refusals.any().is_ok(), "{right}");
        }
        for wrong in [
            "",
            "sale",
            "//evil.example",
            "http://x.example/",
            "javascript:alert(1)",
            "https://",
            "/a\nb",
        ] {
            let (mut text, mut refusals) = (wrong.to_owned(), Refusals::default());
            target(&mut text, &mut refusals);
            assert!(refusals.any().is_err(), "{wrong}");
        }
    }
}
