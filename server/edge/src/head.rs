//! What a request's head must not leave open: a header that stands twice, or that cannot be read, may be one thing to a
//! proxy before the server and another to the server itself.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header, uri::Authority},
    middleware::Next,
    response::Response,
};

use super::{answer::Rejection, error::code};

/// The encodings in which answers may go out, besides as they are.
const ENCODINGS: [&str; 3] = ["br", "gzip", "zstd"];

pub(super) async fn check(mut request: Request, next: Next) -> Response {
    if let Err(message) = check_head(request.version(), request.headers()) {
        return Rejection::new(StatusCode::BAD_REQUEST, code::BAD_REQUEST, message)
            .with_header(header::CONNECTION, "close")
            .answer();
    }
    // Answered as it is (RFC 9110, section 12.5.3): a refusal would come when everything is done.
    if refuses_every_encoding(request.headers()) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    next.run(request).await
}

fn check_head(version: Version, headers: &HeaderMap) -> Result<(), &'static str> {
    // A request of HTTP/1.1 names its host, once (RFC 9112, section 3.2).
    let is_host_fine = match (version, &all(headers, &header::HOST)[..]) {
        (Version::HTTP_11, []) => false,
        (_, []) => true,
        (_, [host]) => is_host(host),
        _ => false,
    };
    if !is_host_fine {
        return Err("The header `Host` must be there once, and name a host.");
    }
    // Whoever sends one means to be somebody, and must not be taken for a guest.
    match &all(headers, &header::AUTHORIZATION)[..] {
        [] => {}
        [authorization] if authorization.to_str().is_ok() => {}
        _ => return Err("The header `Authorization` may be there once, in letters of ASCII."),
    }
    match all(headers, &header::CONTENT_TYPE).len() {
        0 | 1 => Ok(()),
        _ => Err("The header `Content-Type` may be there once."),
    }
}

fn all<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<&'a HeaderValue> {
    headers.get_all(name).iter().collect()
}

/// Whoever asks for an address without a host sends an empty one.
fn is_host(host: &HeaderValue) -> bool {
    let Ok(host) = host.to_str() else { return false };
    host.is_empty() || !host.contains('@') && host.parse::<Authority>().is_ok()
}

/// Whether an answer could go out in no form at all.
fn refuses_every_encoding(headers: &HeaderMap) -> bool {
    let (mut identity, mut any, mut other) = (None, None, false);
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    for part in values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
    {
        let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
        let quality = parameters.trim().strip_prefix("q=");
        let is_wanted = quality.is_none_or(|quality| quality.trim().parse::<f32>().is_ok_and(|quality| quality > 0.0));
        match name.trim() {
            "identity" => identity = Some(is_wanted),
            "*" => any = Some(is_wanted),
            name => other |= is_wanted && ENCODINGS.contains(&name),
        }
    }
    !identity.or(any).unwrap_or(true) && !other && any != Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_can_go_out_in_some_form_unless_all_are_refused() {
        let refuses = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            refuses_every_encoding(&headers)
        };
        for value in [
            "identity;q=0",
            "*;q=0",
            "gzip;q=0, *;q=0",
            "deflate, identity;q=0.0",
            "*; q=0",
        ] {
            assert!(refuses(value), "{value}");
        }
        for value in [
            "",
            "gzip",
            "gzip, identity;q=0",
            "*;q=0, identity",
            "*;q=0, br",
            "identity;q=0, *",
            "deflate",
        ] {
            assert!(!refuses(value), "{value}");
        }
        assert!(!refuses_every_encoding(&HeaderMap::new()));
    }
}
