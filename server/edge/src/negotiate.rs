//! Which of our media types a client wants.

use axum::http::{HeaderMap, StatusCode, header};

use super::{answer::Rejection, error::code, media::Media};

/// The client's best choice. Without an `Accept` it is `application/json`, as for every client
/// older than the specification.
pub(super) fn negotiate(headers: &HeaderMap) -> Result<Media, Rejection> {
    let Some(ranges) = ranges(headers) else {
        return Ok(Media::Json);
    };
    let mut best: Option<(Media, Rank)> = None;
    for media in Media::ALL {
        let Some(rank) = rank(media.name(), &ranges) else {
            continue;
        };
        if best.is_none_or(|(_, so_far)| rank > so_far) {
            best = Some((media, rank));
        }
    }
    best.map(|(media, _)| media).ok_or_else(|| {
        let message = "Acceptable answers are application/graphql-response+json, \
                       application/json and text/event-stream.";
        Rejection::new(StatusCode::NOT_ACCEPTABLE, code::NOT_ACCEPTABLE, message)
    })
}

/// Whether a person's browser asks: `text/html` is named, and before anything of ours.
pub(super) fn prefers_html(headers: &HeaderMap) -> bool {
    let Some(ranges) = ranges(headers) else { return false };
    if !ranges.iter().any(|range| range.essence == "text/html") {
        return false;
    }
    let html = rank("text/html", &ranges);
    Media::ALL.iter().all(|media| rank(media.name(), &ranges) < html)
}

/// Higher is better: the weight in thousandths, how exactly it was named, and how early.
type Rank = (u16, u8, std::cmp::Reverse<usize>);

struct Range {
    essence: String,
    weight: u16,
}

fn ranges(headers: &HeaderMap) -> Option<Vec<Range>> {
    let mut values = headers.get_all(header::ACCEPT).iter().peekable();
    values.peek()?;
    let texts: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    if texts.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    let parts = texts.iter().flat_map(|text| text.split(','));
    Some(parts.filter_map(range).collect())
}

fn range(text: &str) -> Option<Range> {
    let mut parts = text.split(';').map(str::trim);
    let essence = parts
        .next()
        .filter(|essence| essence.contains('/'))?
        .to_ascii_lowercase();
    let mut weight = 1000;
    for parameter in parts {
        let (name, value) = parameter.split_once('=')?;
        match name.trim().to_ascii_lowercase().as_str() {
            "q" => weight = thousandths(value.trim())?,
            // We answer in UTF-8 alone.
            "charset" if !is_utf8(value) => return None,
            _ => {}
        }
    }
    Some(Range { essence, weight })
}

/// Whether a `charset` parameter's value is UTF-8.
pub(super) fn is_utf8(value: &str) -> bool {
    let value = value.trim().trim_matches('"');
    value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
}

fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "1" if digits && fraction.bytes().all(|byte| byte == b'0') => Some(1000),
        "0" if digits && fraction.len() <= 3 => format!("{fraction:0<3}").parse().ok(),
        _ => None,
    }
}

/// The most exact range that covers a type decides about it, as RFC 9110 has it.
fn rank(name: &str, ranges: &[Range]) -> Option<Rank> {
    let family = name.split('/').next().unwrap_or_default();
    let exactness = |range: &Range| match range.essence.as_str() {
        essence if essence == name => Some(2),
        essence if essence.strip_suffix("/*") == Some(family) => Some(1),
        "*/*" => Some(0),
        _ => None,
    };
    let found = ranges.iter().enumerate();
    let found = found.filter_map(|(at, range)| Some((exactness(range)?, std::cmp::Reverse(at), range)));
    let (exactness, at, range) = found.max_by_key(|(exactness, at, _)| (*exactness, *at))?;
    (range.weight > 0).then_some((range.weight, exactness, at))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(accept: &str) -> HeaderMap {
        let value = HeaderValue::from_str(accept).expect("a header value");
        HeaderMap::from_iter([(header::ACCEPT, value)])
    }

    fn chosen(accept: &str) -> Option<Media> {
        negotiate(&headers(accept)).ok()
    }

    #[test]
    fn takes_the_best_of_what_the_client_lists() {
        assert_eq!(negotiate(&HeaderMap::new()).ok(), Some(Media::Json));
        for (accept, media) in [
            ("", Media::Json),
            ("*/*", Media::Json),
            ("application/*", Media::Json),
            ("application/json", Media::Json),
            ("application/graphql-response+json", Media::GraphqlResponse),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Media::GraphqlResponse,
            ),
            (
                "application/json;q=0.2, application/graphql-response+json;q=0.3",
                Media::GraphqlResponse,
            ),
            (
                "application/graphql-response+json; charset=utf-8, */*",
                Media::GraphqlResponse,
            ),
            ("application/json, application/graphql-response+json", Media::Json),
            (
                "application/graphql-response+json, application/json, text/event-stream",
                Media::GraphqlResponse,
            ),
            ("text/event-stream", Media::EventStream),
            ("text/*", Media::EventStream),
            ("application/json;q=0, */*", Media::GraphqlResponse),
            ("TEXT/Event-Stream, application/json;q=0.5", Media::EventStream),
        ] {
            assert_eq!(chosen(accept), Some(media), "{accept}");
        }
    }

    #[test]
    fn gives_nothing_where_nothing_of_ours_is_wanted() {
        for accept in [
            "text/html",
            "image/*",
            "application/json;q=0",
            "application/json;charset=latin1",
            "nonsense",
        ] {
            assert_eq!(chosen(accept), None, "{accept}");
        }
    }

    #[test]
    fn tells_a_browser_from_a_client() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert!(prefers_html(&headers(browser)));
        assert!(!prefers_html(&headers("*/*")));
        assert!(!prefers_html(&headers("application/json, text/html;q=0.5")));
    }
}
