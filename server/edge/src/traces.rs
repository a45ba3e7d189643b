//! How requests and operations stand in traces. Who records them is the server's: the edge asks at a request's beginning,
//! and tells what it learns. What is answered from what is kept pays for the asking, and for nothing else.

use std::borrow::Cow;

use tracing::Span;

/// What the spans of steps are under, as those that record traces know them; a log leaves them out.
pub(super) const TARGET: &str = "traces";

/// What an answer's status is noted under, and its route.
pub(super) const STATUS: &str = "http.response.status_code";
pub(super) const ROUTE: &str = "http.route";

/// Begins a request's trace, from the caller's W3C context, where they sent one. What is given makes its span, and is told
/// the trace's id where that is known.
pub type Begin = fn(Option<&str>, &dyn Fn(Option<&str>) -> Span) -> Begun;

/// Who records traces.
#[derive(Debug, Clone, Copy)]
pub struct Tracing {
    pub begin: Begin,
    /// The same, of what goes on from a request of ours: it is recorded with that, or not at all.
    pub go_on: Begin,
    /// Says of what is recorded at this moment what was not known when it began.
    pub note: fn(&'static str, &str),
}

/// A request that has begun.
pub struct Begun {
    pub span: Span,
    /// The W3C context that what follows from it goes on from.
    pub traceparent: Option<String>,
    pub is_recorded: bool,
}

/// Nobody.
impl Default for Tracing {
    fn default() -> Self {
        Self {
            begin: unrecorded,
            go_on: unrecorded,
            note: |_, _| {},
        }
    }
}

fn unrecorded(traceparent: Option<&str>, make: &dyn Fn(Option<&str>) -> Span) -> Begun {
    Begun {
        span: make(traceparent.and_then(|context| context.split('-').nth(1))),
        traceparent: traceparent.map(str::to_owned),
        is_recorded: false,
    }
}

/// By which route a request was answered: an answer carries it to where its trace ends.
#[derive(Debug, Clone)]
pub(super) struct Route(pub(super) Cow<'static, str>);
