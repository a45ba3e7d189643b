//! Which pages may call the server. For what is asked over HTTP the browser is told (CORS). It lets any
//! page open a WebSocket, and sends no preflight, so the `Origin` is checked at the upgrade.

use axum::http::{HeaderMap, StatusCode, header};

use super::{answer::Rejection, error::code, settings::HttpSettings};

/// Passes a page of the same host or of a configured origin, and whoever is no browser and sends
/// no `Origin`. `null` (a sandboxed frame, a file) is nobody's.
pub(super) fn check(headers: &HeaderMap, settings: &HttpSettings) -> Result<(), Rejection> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let origin = origin.to_str().unwrap_or("null");
    if is_allowed(origin, settings) || is_same_host(origin, headers) {
        return Ok(());
    }
    let message = "Pages of this origin may not open a stream here.";
    Err(Rejection::new(StatusCode::FORBIDDEN, code::ORIGIN_NOT_ALLOWED, message))
}

/// Whether pages of another host's `origin` may call this server.
pub fn is_allowed(origin: &str, settings: &HttpSettings) -> bool {
    let mut configured = settings.origins_allowed.iter();
    configured.any(|allowed| allowed.eq_ignore_ascii_case(origin)) || settings.local_origins_allowed && is_local(origin)
}

/// Whether it is this machine, at any port. A name that merely begins so is not.
fn is_local(origin: &str) -> bool {
    let Some((_, authority)) = origin.split_once("://") else {
        return false;
    };
    let (host, port) = match authority.rsplit_once(':') {
        // `[::1]` without a port ends with its bracket.
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, "0"),
    };
    let names = ["localhost", "127.0.0.1", "[::1]"];
    port.parse::<u16>().is_ok() && (names.contains(&host) || host.ends_with(".localhost"))
}

fn is_same_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    matches!((authority, host), (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn passes(origin: Option<&'static str>) -> bool {
        let settings = HttpSettings {
            origins_allowed: vec!["https://shop.example".to_owned()],
            ..HttpSettings::default()
        };
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("api.example:8080"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        check(&headers, &settings).is_ok()
    }

    #[test]
    fn only_our_own_pages_and_configured_ones_pass() {
        for origin in [None, Some("http://api.example:8080"), Some("https://shop.example")] {
            assert!(passes(origin), "{origin:?}");
        }
        for origin in [
            "null",
            "https://evil.example",
            "http://api.example",
            "https://shop.example.evil.example",
            "http://shop.example",
            "api.example:8080",
        ] {
            assert!(!passes(Some(origin)), "{origin}");
        }
    }
}
