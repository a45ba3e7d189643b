//! Whether a form was sent by one of our own pages.

use axum::http::{HeaderMap, header};

/// As the browser says: by `Sec-Fetch-Site`, or else by `Origin`. One that says neither is old; its token has to do.
pub(super) fn is_from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        // `none`: somebody typed the address, or reloads.
        return matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN.as_str()) {
        None => true,
        Some(origin) => origin == public_url || is_host(origin, text(header::HOST.as_str())),
    }
}

/// Whether the browser says so, and not only nothing else.
pub(super) fn is_surely_from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let is_told = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    is_told && headers.get("sec-fetch-site").is_none_or(|site| site != "none") && is_from_here(headers, public_url)
}

fn is_host(origin: &str, host: Option<&str>) -> bool {
    let without_scheme = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    without_scheme.is_some() && without_scheme == host
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    #[test]
    fn what_comes_from_elsewhere_is_told_apart() {
        let sent = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("it")));
            is_from_here(&headers.collect(), "https://shop.example")
        };
        let sure = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("it")));
            is_surely_from_here(&headers.collect(), "https://shop.example")
        };
        assert!(sure(&[("sec-fetch-site", "same-origin")]) && sure(&[("origin", "https://shop.example")]));
        assert!(!sure(&[]) && !sure(&[("sec-fetch-site", "none")]) && !sure(&[("origin", "null")]));
        assert!(!sure(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://shop.example")
        ]));
        assert!(sent(&[("sec-fetch-site", "same-origin")]) && sent(&[]));
        assert!(sent(&[("origin", "https://shop.example")]));
        assert!(sent(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!sent(&[("sec-fetch-site", "cross-site")]) && !sent(&[("sec-fetch-site", "same-site")]));
        assert!(!sent(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://shop.example")
        ]));
        assert!(!sent(&[("origin", "https://evil.example"), ("host", "shop.example")]) && !sent(&[("origin", "null")]));
    }
}
