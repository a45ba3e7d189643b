//! What every answer tells a browser to leave alone. An answer that needs another word has set its own.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// For an answer of whatever kind: most are data, and show nothing.
const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Addresses of ours may hold what opens an order.
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    // Only what a page embeds without asking, as pictures are, is touched by it: those say otherwise.
    (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
];

/// Who may embed an answer.
pub const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Of [`CROSS_ORIGIN_RESOURCE_POLICY`]: every page may.
pub const CROSS_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");

/// Two years, as browsers' lists of such sites want it.
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Whether the world reaches the server by HTTPS alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct IsHttps(pub(super) bool);

pub(super) async fn harden(State(IsHttps(is_https)): State<IsHttps>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    add(response.headers_mut(), is_https);
    response
}

fn add(headers: &mut HeaderMap, is_https: bool) {
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(value);
    }
    if is_https {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(STRICT_TRANSPORT);
    }
}

/// Of an address its scheme and host, as a policy names them.
pub fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next()?;
    let is_plain = !host.is_empty()
        && host
            .chars()
            .all(|letter| letter.is_ascii_graphic() && !";,'\"".contains(letter));
    is_plain.then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_its_own_stays() {
        let mut headers = HeaderMap::new();
        headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
        add(&mut headers, false);
        assert_eq!(headers[CROSS_ORIGIN_RESOURCE_POLICY], CROSS_ORIGIN);
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
        add(&mut headers, true);
        assert_eq!(headers[header::STRICT_TRANSPORT_SECURITY], STRICT_TRANSPORT);
    }

    #[test]
    fn a_policy_names_no_more_than_an_origin() {
        assert_eq!(
            origin_of("https://cdn.example/x/y").as_deref(),
            Some("https://cdn.example")
        );
        assert_eq!(origin_of("https://cdn.example;script-src *"), None);
        assert_eq!(origin_of("cdn.example"), None);
    }
}
