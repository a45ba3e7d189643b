//! Where what happens is recorded as a trace: how the parts of the shop say that something of weight begins, and to which
//! trace it belongs. Who records is [installed](install) at the start of a process; where nobody is, nothing of this
//! costs more than a look whether somebody is.
//!
//! A request and a run of a job [`begin`] a trace, or go on with the one that they came of: its W3C context stands in
//! the `traceparent` of a request, and of each row of the outbox. What they do on the way are `step!`s, which are spans of
//! `tracing` that no log shows, and are there only within something that is recorded.
//!
//! Names and attributes are words of ours, ids and numbers: nothing of a person, no secret, and no text of a statement.

use std::{fmt::Display, sync::OnceLock};

use tracing::Span;

/// What the spans of steps are under; a log leaves them out.
pub const TARGET: &str = "traces";

/// What the order is noted under that something is about.
pub const ORDER_ID: &str = "order.id";

/// Records traces.
pub trait Tracer: Send + Sync {
    /// As [`begin`].
    fn begin(&self, origin: Origin, traceparent: Option<&str>, make: &dyn Fn(Option<&str>) -> Span) -> Begun;

    /// The W3C context of what is recorded at this moment.
    fn traceparent(&self) -> Option<String>;

    /// As [`note`].
    fn note(&self, key: &'static str, value: &str);
}

/// Who says what a trace goes on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A caller from outside.
    Caller,
    /// The shop itself, earlier.
    Ours,
}

/// What has begun.
pub struct Begun {
    pub span: Span,
    /// What goes on from here goes on from this.
    pub traceparent: Option<String>,
    /// Whether it is recorded.
    pub is_recorded: bool,
}

static TRACER: OnceLock<Box<dyn Tracer>> = OnceLock::new();

/// Has `tracer` record what happens from now on. The first one stays.
pub fn install(tracer: Box<dyn Tracer>) {
    let _ = TRACER.set(tracer);
}

/// Begins a request, or a run of a job, that goes on from `traceparent`, where it comes of anything. `make` makes its span,
/// which a log may show as well; it is given the trace's id where that is known, and leaves a field `trace_id` for it.
pub fn begin(origin: Origin, traceparent: Option<&str>, make: &dyn Fn(Option<&str>) -> Span) -> Begun {
    match TRACER.get() {
        Some(tracer) => tracer.begin(origin, traceparent, make),
        None => Begun {
            span: make(traceparent.and_then(trace_id)),
            traceparent: traceparent.map(str::to_owned),
            is_recorded: false,
        },
    }
}

/// The trace that a W3C context names.
pub fn trace_id(traceparent: &str) -> Option<&str> {
    traceparent.split('-').nth(1)
}

/// The W3C context of what is recorded at this moment: of what is left to be done later.
pub(crate) fn traceparent() -> Option<String> {
    TRACER.get()?.traceparent()
}

/// Says of what is recorded at this moment, if anything is, what was not known when it began.
pub fn note(key: &'static str, value: impl Display) {
    if let Some(tracer) = TRACER.get() {
        tracer.note(key, &value.to_string());
    }
}

/// A span of something of weight on the way, with what is known of it.
macro_rules! step {
    ($($told:tt)*) => {
        tracing::info_span!(target: $crate::trace::TARGET, $($told)*)
    };
}

pub(crate) use step;
