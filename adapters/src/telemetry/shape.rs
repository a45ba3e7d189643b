//! How spans are shown: under the names that OpenTelemetry has for what they are, where the log's are others.

use std::borrow::Cow;

use opentelemetry::{
    KeyValue, Value,
    trace::{SpanKind, Status},
};
use opentelemetry_sdk::trace::SpanData;

/// What a span knows by another name.
const NAMES: [(&str, &str); 2] = [("method", "http.request.method"), ("path", "url.path")];

/// What the span itself says.
const NEEDLESS: &str = "trace_id";

const STATUS: &str = "http.response.status_code";
const ROUTE: &str = "http.route";

/// The one path under which everything is asked.
const GRAPHQL: &str = "/graphql";

/// From which status on a request has failed by a fault of the server's.
const FAULT: i64 = 500;

pub(super) fn shape(mut span: SpanData) -> SpanData {
    span.attributes.retain(|attribute| attribute.key.as_str() != NEEDLESS);
    for attribute in &mut span.attributes {
        rename(attribute);
    }
    let of = |key| text(&span.attributes, key);
    let shown = match &*span.name {
        "request" => Some((request_name(&span.attributes), SpanKind::Server)),
        // An operation over a WebSocket.
        "message" => Some((format!("WebSocket {GRAPHQL}"), SpanKind::Server)),
        "run" => Some((format!("job {}", of("job").unwrap_or_default()), SpanKind::Consumer)),
        "operation" => {
            let (kind, field) = (of("operation").unwrap_or_default(), of("field").unwrap_or_default());
            Some((format!("{kind} {field}"), SpanKind::Internal))
        }
        _ => None,
    };
    if let Some((name, kind)) = shown {
        (span.name, span.span_kind) = (name.into(), kind);
    }
    if span.attributes.iter().any(is_fault) {
        span.status = Status::error("");
    }
    span
}

/// By its route, of which there are as many as the server has, and not by its path.
fn request_name(attributes: &[KeyValue]) -> String {
    let method = text(attributes, "http.request.method").unwrap_or_default();
    let route = text(attributes, ROUTE).or_else(|| text(attributes, "url.path").filter(|path| path == GRAPHQL));
    match route {
        Some(route) => format!("{method} {route}"),
        None => method.into_owned(),
    }
}

fn text<'a>(attributes: &'a [KeyValue], key: &str) -> Option<Cow<'a, str>> {
    let found = attributes.iter().find(|attribute| attribute.key.as_str() == key)?;
    Some(found.value.as_str())
}

/// Attributes that were noted are texts; a status is a number.
fn rename(attribute: &mut KeyValue) {
    let key = attribute.key.as_str();
    if let Some((_, name)) = NAMES.iter().find(|(ours, _)| *ours == key) {
        attribute.key = (*name).into();
    } else if key == STATUS {
        let status = attribute.value.as_str().parse::<i64>();
        attribute.value = status.unwrap_or_default().into();
    }
}

fn is_fault(attribute: &KeyValue) -> bool {
    attribute.key.as_str() == STATUS && matches!(attribute.value, Value::I64(FAULT..))
}
