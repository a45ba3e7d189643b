//! The ids under which everything that follows from a request is found: in the logs, in the jobs
//! it left behind, and in what the caller was told.

use std::{borrow::Cow, sync::Arc, time::Instant};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

use super::traces::{ROUTE, Route, STATUS, Tracing};

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the lines of the access log are called in `log.level`.
const ACCESS: &str = "access";

/// Ids have less, links and tokens of ours more.
const PART_LENGTH_MAX: usize = 48;

/// Stands in every request's extensions and in every operation's data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestIds {
    /// The caller's `x-request-id` where it is sane, else a new one.
    pub correlation_id: String,
    /// The W3C trace context that what follows from the request goes on from: the request's own where it is recorded, else
    /// the caller's.
    pub traceparent: Option<String>,
}

/// Makes the id of a request that brought none: unguessable, and sane by [`is_sane`].
#[derive(Clone)]
pub(super) struct NewId(Arc<dyn Fn() -> String + Send + Sync>);

impl NewId {
    pub(super) fn new(make: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }
}

/// A path as it may stand in a log: a long part may be what opens something to whoever reads it.
fn shown(path: &str) -> Cow<'_, str> {
    if path.split('/').all(|part| part.len() <= PART_LENGTH_MAX) {
        return Cow::Borrowed(path);
    }
    let parts = path.split('/').map(|part| match part.len() <= PART_LENGTH_MAX {
        true => part,
        false => "…",
    });
    Cow::Owned(parts.collect::<Vec<_>>().join("/"))
}

/// How requests are identified, and whether each stands in the log.
#[derive(Clone)]
pub(super) struct Identifying {
    pub(super) new_id: NewId,
    pub(super) access_log: bool,
    pub(super) tracing: Tracing,
}

/// Gives a request its ids and its span, logs its end, and returns the id with the answer.
pub(super) async fn identify(State(how): State<Identifying>, mut request: Request, next: Next) -> Response {
    let mut ids = RequestIds::of(request.headers(), &how.new_id);
    let trace = (how.tracing.begin)(ids.traceparent.as_deref(), &|trace_id| {
        tracing::info_span!(
            "request",
            correlation_id = %ids.correlation_id,
            trace_id,
            method = %request.method(),
            // Without its query, which may hold a shopper's variables.
            path = &*shown(request.uri().path()),
        )
    });
    let span = trace.span;
    ids.traceparent = trace.traceparent;
    request.extensions_mut().insert(ids.clone());
    if is_of_socket(&request) {
        request.extensions_mut().insert(how.tracing);
    }
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| {
        if trace.is_recorded {
            note(&how.tracing, &response);
        }
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let status = response.status().as_u16();
        match how.access_log {
            true => tracing::info!(target: ACCESS, status, milliseconds, "answered"),
            false => tracing::debug!(target: ACCESS, status, milliseconds, "answered"),
        }
    });
    if let Ok(id) = HeaderValue::from_str(&ids.correlation_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Whether a WebSocket may follow, whose operations have traces of their own.
fn is_of_socket(request: &Request) -> bool {
    request.method() == Method::CONNECT || request.headers().contains_key(header::UPGRADE)
}

/// What the request's trace tells of its answer.
fn note(tracing: &Tracing, response: &Response) {
    (tracing.note)(STATUS, response.status().as_str());
    if let Some(Route(route)) = response.extensions().get() {
        (tracing.note)(ROUTE, route);
    }
}

impl RequestIds {
    fn of(headers: &HeaderMap, new_id: &NewId) -> Self {
        let correlation_id = text(headers, &REQUEST_ID)
            .filter(|id| is_sane(id))
            .map_or_else(|| (new_id.0)(), str::to_owned);
        let traceparent = text(headers, &HeaderName::from_static("traceparent"));
        let traceparent = traceparent.filter(|value| is_traceparent(value)).map(str::to_owned);
        Self {
            correlation_id,
            traceparent,
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// It goes into logs, rows and mails: nothing that could be markup or another log line.
fn is_sane(id: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=64).contains(&id.len()) && id.bytes().all(allowed)
}

/// `version-trace-parent-flags`, in lower-case hexadecimal.
fn is_traceparent(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    parts.iter().map(|part| part.len()).eq([2, 32, 16, 2]) && parts.iter().all(|part| part.bytes().all(hexadecimal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_something_does_not_stand_in_a_log() {
        let short = "/api/orders/ord_01j9zzzzzzzzzzzzzzzzzzzzzz/payments";
        assert_eq!(shown(short), short);
        let token = "pexp_01j9zzzzzzzzzzzzzzzzzzzzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(shown(&format!("/personal-data/{token}")), "/personal-data/…");
        assert_eq!(shown(&format!("/marketing/{token}/x")), "/marketing/…/x");
    }

    fn ids(pairs: &[(&'static str, &str)]) -> RequestIds {
        let pairs = pairs.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).expect("a header value"),
            )
        });
        RequestIds::of(&pairs.collect(), &NewId::new(|| "made".to_owned()))
    }

    #[test]
    fn a_sane_request_id_is_kept_and_any_other_replaced() {
        assert_eq!(ids(&[("x-request-id", "a.B_9-z")]).correlation_id, "a.B_9-z");
        for odd in ["", "a b", "<b>", "a\u{e9}", &"x".repeat(65)] {
            let made = ids(&[("x-request-id", odd)]).correlation_id;
            assert_eq!(made, "made");
        }
    }

    #[test]
    fn only_a_whole_traceparent_is_kept() {
        let whole = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(ids(&[("traceparent", whole)]).traceparent.as_deref(), Some(whole));
        for odd in [
            "",
            "00-4bf9-00f067aa0ba902b7-01",
            &whole.to_uppercase(),
            &format!("{whole}-x"),
        ] {
            assert_eq!(ids(&[("traceparent", odd)]).traceparent, None);
        }
    }
}
