//! Records requests and jobs as traces: spans of `tracing` become OpenTelemetry's, where what they stand in is recorded.
//!
//! What is recorded is decided once, as a request or a job begins: by whoever it came of, else by `telemetry.sampling`. Of
//! all else no span of a trace is made: it costs an empty one of `tracing`.

use std::cell::Cell;

use opentelemetry::{
    Context, KeyValue,
    trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider},
};
use opentelemetry_sdk::{
    Resource,
    trace::{IdGenerator, RandomIdGenerator, Sampler, SdkTracer, SdkTracerProvider},
};
use tracing::{Metadata, Span, Subscriber, level_filters::LevelFilter, subscriber::Interest};
use tracing_opentelemetry::{OpenTelemetryLayer, OpenTelemetrySpanExt};
use tracing_subscriber::{
    Layer,
    layer::{self, Filter},
    registry::LookupSpan,
};
use vitrine_commerce::trace::{self, Begun, Origin, TARGET};

use super::{queue::Queue, statements::Statements};
use crate::config::{DatabaseKind, Telemetry};

/// What a span that may begin a trace has a field for.
const TRACE_ID: &str = "trace_id";

/// Of a W3C context.
const VERSION: &str = "00";

thread_local! {
    /// Whether the span that is being made begins a trace.
    static BEGINS: Cell<bool> = const { Cell::new(false) };
}

/// Gives what makes spans of `tracing` those of traces, and has all of the shop's recorded that `settings` name.
pub(super) fn layer<S>(
    settings: &Telemetry,
    database: DatabaseKind,
    resource: Resource,
    queue: Queue,
) -> impl Layer<S> + use<S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let provider = SdkTracerProvider::builder()
        // Whatever gets here was chosen.
        .with_sampler(Sampler::AlwaysOn)
        .with_resource(resource)
        .with_span_processor(queue)
        .build();
    let tracer = provider.tracer("vitrine");
    Statements::record(tracer.clone(), database);
    trace::install(Box::new(Recorder {
        sampling: settings.sampling,
        follows_callers: settings.follow_callers,
    }));
    spans(tracer).with_filter(Chosen)
}

fn spans<S>(tracer: SdkTracer) -> OpenTelemetryLayer<S, SdkTracer>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_location(false)
        .with_threads(false)
        .with_level(false)
        .with_target(false)
        .with_tracked_inactivity(false)
}

/// Lets spans through that belong to what is recorded, and no line of the log, which may say more than a trace should.
struct Chosen;

/// What a span is to a trace.
enum Kind {
    Beginning,
    Step,
    Other,
}

impl Kind {
    fn of(metadata: &Metadata<'_>) -> Self {
        if !metadata.is_span() {
            Self::Other
        } else if metadata.target() == TARGET {
            Self::Step
        } else if metadata.fields().field(TRACE_ID).is_some() {
            Self::Beginning
        } else {
            Self::Other
        }
    }
}

impl<S> Filter<S> for Chosen {
    fn enabled(&self, metadata: &Metadata<'_>, _: &layer::Context<'_, S>) -> bool {
        match Kind::of(metadata) {
            Kind::Beginning => BEGINS.get(),
            Kind::Step => Context::map_current(|context| context.has_active_span()),
            Kind::Other => false,
        }
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        match Kind::of(metadata) {
            Kind::Beginning | Kind::Step => Interest::sometimes(),
            Kind::Other => Interest::never(),
        }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::INFO)
    }
}

/// Decides what is recorded.
struct Recorder {
    /// Which part of what comes of nothing else.
    sampling: f64,
    follows_callers: bool,
}

impl Recorder {
    fn is_chosen(&self, origin: Origin, parent: Option<&SpanContext>) -> bool {
        match parent {
            Some(parent) if origin == Origin::Ours || self.follows_callers => parent.is_sampled(),
            _ => is_among(RandomIdGenerator::default().new_trace_id(), self.sampling),
        }
    }
}

impl trace::Tracer for Recorder {
    fn begin(&self, origin: Origin, traceparent: Option<&str>, make: &dyn Fn(Option<&str>) -> Span) -> Begun {
        let parent = traceparent.and_then(read);
        if !self.is_chosen(origin, parent.as_ref()) {
            return unrecorded(parent, make);
        }
        BEGINS.set(true);
        let span = make(None);
        BEGINS.set(false);
        let mut context = Statements::counted(&Context::new());
        if let Some(parent) = parent {
            context = context.with_remote_span_context(parent);
        }
        // It has just been made, and nobody has entered it.
        let _ = span.set_parent(context);
        let context = span.context();
        let of_span = context.span().span_context().clone();
        span.record(TRACE_ID, of_span.trace_id().to_string());
        Begun {
            is_recorded: of_span.is_valid(),
            traceparent: Some(write(&of_span)),
            span,
        }
    }

    fn traceparent(&self) -> Option<String> {
        Context::map_current(|context| context.has_active_span().then(|| write(context.span().span_context())))
    }

    fn note(&self, key: &'static str, value: &str) {
        Context::map_current(|context| {
            if context.has_active_span() {
                context.span().set_attribute(KeyValue::new(key, value.to_owned()));
            }
        });
    }
}

/// What is not recorded has a trace's id all the same, so that what comes of it is not recorded either.
fn unrecorded(parent: Option<SpanContext>, make: &dyn Fn(Option<&str>) -> Span) -> Begun {
    let ids = RandomIdGenerator::default();
    let (trace, span) = match parent {
        Some(parent) => (parent.trace_id(), parent.span_id()),
        None => (ids.new_trace_id(), ids.new_span_id()),
    };
    let context = SpanContext::new(trace, span, TraceFlags::NOT_SAMPLED, false, TraceState::NONE);
    Begun {
        span: make(Some(&trace.to_string())),
        traceparent: Some(write(&context)),
        is_recorded: false,
    }
}

/// Whether a trace is of that part of all. Its id is random: so are its last eight bytes, of which it takes all but one bit.
fn is_among(trace: TraceId, part: f64) -> bool {
    let [.., a, b, c, d, e, f, g, h] = trace.to_bytes();
    let place = u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 1;
    // The largest is rounded up.
    part >= 1.0 || (place as f64) < part * (1u64 << 63) as f64
}

/// A W3C context, as `version-trace-parent-flags`.
fn read(traceparent: &str) -> Option<SpanContext> {
    let mut parts = traceparent.split('-').skip(1);
    let trace = TraceId::from_hex(parts.next()?).ok()?;
    let span = SpanId::from_hex(parts.next()?).ok()?;
    let flags = u8::from_str_radix(parts.next()?, 16).ok()?;
    let flags = TraceFlags::new(flags & TraceFlags::SAMPLED.to_u8());
    let context = SpanContext::new(trace, span, flags, true, TraceState::NONE);
    context.is_valid().then_some(context)
}

fn write(context: &SpanContext) -> String {
    let (trace, span, flags) = (context.trace_id(), context.span_id(), context.trace_flags().to_u8());
    format!("{VERSION}-{trace}-{span}-{flags:02x}")
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt;
    use vitrine_commerce::trace::Tracer;

    use super::*;

    #[test]
    fn steps_are_recorded_within_what_is_and_nowhere_else() {
        let (queue, mut ended) = Queue::bare();
        let provider = SdkTracerProvider::builder().with_sampler(Sampler::AlwaysOn);
        let provider = provider.with_span_processor(queue).build();
        let layer = spans(provider.tracer("test")).with_filter(Chosen);
        let step = |which: &'static str| tracing::info_span!(target: TARGET, "step", which);
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            for sampling in [0.0, 1.0] {
                let recorder = Recorder {
                    sampling,
                    follows_callers: true,
                };
                let make = |trace_id: Option<&str>| tracing::info_span!("request", trace_id);
                let begun = recorder.begin(Origin::Caller, None, &make);
                assert_eq!(begun.is_recorded, sampling > 0.0);
                begun.span.in_scope(|| {
                    tracing::info!("a line of the log");
                    drop(step("outer"));
                    tracing::info_span!("of the log").in_scope(|| drop(step("inner")));
                    assert_eq!(recorder.traceparent(), begun.traceparent.filter(|_| sampling > 0.0));
                });
            }
        });
        let mut spans = Vec::new();
        while let Ok(span) = ended.try_recv() {
            spans.push(span);
        }
        let request = spans.pop().expect("the request ends last");
        assert_eq!((&*request.name, spans.len()), ("request", 2));
        for span in spans {
            assert_eq!((&*span.name, span.events.len()), ("step", 0));
            assert_eq!(span.parent_span_id, request.span_context.span_id());
            assert_eq!(span.span_context.trace_id(), request.span_context.trace_id());
        }
    }

    #[test]
    fn a_context_is_written_as_it_was_read() {
        for whole in [
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        ] {
            let context = read(whole).expect("a context");
            assert_eq!((write(&context).as_str(), context.is_remote()), (whole, true));
        }
        for none in [
            "",
            "00-4bf92f3577b34da6a3ce929d0e0e4736",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_part_of_all_traces_is_recorded() {
        let trace = |place: u64| TraceId::from(u128::from(place) | (7 << 64));
        assert!(!is_among(trace(0), 0.0) && is_among(trace(u64::MAX), 1.0));
        assert!(is_among(trace(u64::MAX / 5), 0.25) && !is_among(trace(u64::MAX / 3), 0.25));
    }

    #[test]
    fn callers_decide_where_they_may_and_jobs_go_on_as_they_came() {
        let sampled = read("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        let quiet = read("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
        let never = |follows_callers| Recorder {
            sampling: 0.0,
            follows_callers,
        };
        assert!(never(true).is_chosen(Origin::Caller, sampled.as_ref()));
        assert!(!never(false).is_chosen(Origin::Caller, sampled.as_ref()));
        assert!(never(false).is_chosen(Origin::Ours, sampled.as_ref()));
        let always = Recorder {
            sampling: 1.0,
            follows_callers: true,
        };
        assert!(always.is_chosen(Origin::Ours, None) && !always.is_chosen(Origin::Ours, quiet.as_ref()));
    }

    #[test]
    fn what_is_not_recorded_says_so_to_what_comes_of_it() {
        let begun = unrecorded(None, &|trace| {
            assert!(trace.is_some_and(|trace| trace.len() == 32));
            Span::none()
        });
        let context = begun.traceparent.as_deref().and_then(read).expect("a context");
        assert!(!context.is_sampled() && !begun.is_recorded);
    }
}
