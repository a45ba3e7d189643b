//! Events that are brought to others.

use std::{sync::LazyLock, time::Duration};

use prometheus_client::{metrics::histogram::Histogram, registry::Registry};

use super::{Counters, Labels, SECONDS, Timers, touch};

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

struct Metrics {
    deliveries: Counters,
    seconds: Timers,
    disabled: Counters,
    streamed: Counters,
}

/// What came of sending an event to an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookOutcome {
    Delivered,
    /// It will be sent again.
    Retried,
    /// It was sent for days in vain.
    Failed,
}

impl WebhookOutcome {
    const ALL: [Self; 3] = [Self::Delivered, Self::Retried, Self::Failed];

    fn labels(self) -> Labels {
        let outcome = match self {
            Self::Delivered => "delivered",
            Self::Retried => "retried",
            Self::Failed => "failed",
        };
        vec![("outcome", outcome.into())]
    }
}

impl Metrics {
    fn new() -> Self {
        let all = Self {
            deliveries: Counters::default(),
            seconds: Timers::new_with_constructor(|| Histogram::new(SECONDS)),
            disabled: Counters::default(),
            streamed: Counters::default(),
        };
        for outcome in WebhookOutcome::ALL {
            touch(&all.deliveries, outcome.labels());
            drop(all.seconds.get_or_create(&outcome.labels()));
        }
        touch(&all.disabled, Labels::new());
        for outcome in ["appended", "failed"] {
            touch(&all.streamed, vec![("outcome", outcome.into())]);
        }
        all
    }
}

pub(super) fn register(registry: &mut Registry) {
    let all = &*METRICS;
    let help = "Events that were sent to endpoints of webhooks, by outcome: delivered, retried (it will be sent again), failed (it was sent for days in vain)";
    registry.register("vitrine_webhook_deliveries", help, all.deliveries.clone());
    let help = "Seconds that sending an event to an endpoint took";
    registry.register("vitrine_webhook_delivery_seconds", help, all.seconds.clone());
    let help = "Endpoints that were switched off because they took nothing for days, or are gone";
    registry.register("vitrine_webhook_endpoints_disabled", help, all.disabled.clone());
    let help = "Events for the event stream, by outcome: appended, failed (a try; they wait and are tried again)";
    registry.register("vitrine_events_streamed", help, all.streamed.clone());
}

pub(super) fn sent(outcome: WebhookOutcome, took: Duration) {
    METRICS.deliveries.get_or_create(&outcome.labels()).inc();
    let seconds = METRICS.seconds.get_or_create(&outcome.labels());
    seconds.observe(took.as_secs_f64());
}

pub(super) fn disabled() {
    METRICS.disabled.get_or_create(&Labels::new()).inc();
}

/// Events that were appended to the stream, or a try that failed.
pub(crate) fn streamed(outcome: &'static str, events: u64) {
    let labels = vec![("outcome", outcome.into())];
    METRICS.streamed.get_or_create(&labels).inc_by(events);
}
