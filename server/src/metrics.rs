//! `GET /metrics`: gauges in Prometheus' text format, read from the database when they are asked
//! for, and what this process counts of its kept answers. Written by hand: five gauges and a few lines, where the crates for it keep a registry in the
//! process that would have to be told of every value, and to forget those that are gone.
//!
//! It is asked by whoever watches, again and again, and needs no token: nothing in it is a
//! person's. It has a port of its own, which the world need not reach (`metrics.address`), and a bound
//! of its own; however many ask, the database is asked once a second at most.

use std::{
    fmt::{Display, Write},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sea_orm::ActiveEnum;
use tokio::{sync::Mutex, time::Instant};
use vitrine_commerce::{
    Shop,
    gauges::{self, Gauges},
    payments::CircuitState,
    shown::Counts,
};

use crate::edge::Room;

/// How old an answer may be.
const AGE_MAX: Duration = Duration::from_secs(1);

/// How long the database may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Prometheus' text format, by its version.
const MEDIA: &str = "text/plain; version=0.0.4; charset=utf-8";

pub fn routes(shop: Shop) -> Router {
    let scrape = Scrape {
        shop,
        last: Arc::default(),
    };
    Router::new().route("/metrics", get(answer)).with_state(scrape)
}

#[derive(Clone)]
struct Scrape {
    shop: Shop,
    /// Who asks while another's question is on its way gets the same answer.
    last: Arc<Mutex<Option<(Instant, String)>>>,
}

async fn answer(State(scrape): State<Scrape>) -> Response {
    let headers = [(header::CONTENT_TYPE, MEDIA), (header::CACHE_CONTROL, "no-store")];
    match tokio::time::timeout(TIMEOUT, scrape.text()).await {
        Ok(Ok(text)) => (headers, text).into_response(),
        Ok(Err(error)) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "the gauges could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(_) => {
            tracing::warn!("reading the gauges took too long");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

impl Scrape {
    async fn text(&self) -> vitrine_commerce::Result<String> {
        let mut last = self.last.lock().await;
        if let Some((at, text)) = &*last
            && at.elapsed() < AGE_MAX
        {
            return Ok(text.clone());
        }
        let text = written(&gauges::read(&self.shop).await?, &self.shop.showing().counts);
        *last = Some((Instant::now(), text.clone()));
        Ok(text)
    }
}

fn written(gauges: &Gauges, answers: &Counts) -> String {
    let mut text = Text::default();
    text.gauge(
        "vitrine_payment_circuit_state",
        "Whether the payment provider is called: 0 closed (it is), 1 half-open (one call at a time), 2 open (it is left alone).",
        gauges
            .providers
            .iter()
            .map(|provider| (vec![("provider", provider.name.to_owned())], level(provider.circuit))),
    );
    text.gauge(
        "vitrine_payment_circuit_failures",
        "Calls to the payment provider that failed in a row.",
        gauges
            .providers
            .iter()
            .map(|provider| (vec![("provider", provider.name.to_owned())], provider.failures.into())),
    );
    text.gauge(
        "vitrine_payments_unsettled",
        "Payment attempts whose outcome is open.",
        gauges.providers.iter().flat_map(|provider| {
            provider.unsettled.iter().map(|(status, attempts)| {
                let labels = vec![("provider", provider.name.to_owned()), ("status", label(status))];
                (labels, *attempts)
            })
        }),
    );
    text.gauge(
        "vitrine_jobs",
        "Jobs that are not done, counted up to 100000 a state.",
        gauges.jobs.iter().map(|(queue, state, jobs)| {
            let labels = vec![("queue", label(queue)), ("state", label(state))];
            (labels, *jobs)
        }),
    );
    text.gauge(
        "vitrine_reconciliation_findings_open",
        "Differences between the shop's payment ledger and a provider's that nobody has mended or dismissed.",
        [(vec![], gauges.findings_open)],
    );
    write_answers(&mut text, answers);
    text.write(
        "counter",
        "vitrine_refused_total",
        "Who was turned away for want of room: connections and streams of an address that has its share, streams, requests.",
        Room::ALL.map(|room| (vec![("room", room.name().to_owned())], room.refused())),
    );
    text.0
}

/// Of this process alone.
fn write_answers(text: &mut Text, counts: &Counts) {
    let (answers, pages) = (&counts.answers, &counts.pages);
    let counters = [
        (
            "vitrine_answers_hits_total",
            "Requests of GraphQL that were answered from what is kept.",
            answers.hits(),
        ),
        (
            "vitrine_answers_misses_total",
            "Answers that were made, and could be kept.",
            answers.misses(),
        ),
        (
            "vitrine_answers_drops_total",
            "Kept answers that were asked for when what they show had changed.",
            answers.drops(),
        ),
        (
            "vitrine_pages_hits_total",
            "Requests of the storefront that were answered with a page that is kept.",
            pages.hits(),
        ),
        (
            "vitrine_pages_misses_total",
            "Pages of the storefront that were made, and could be kept.",
            pages.misses(),
        ),
        (
            "vitrine_pages_drops_total",
            "Kept pages that were asked for when what they show had changed.",
            pages.drops(),
        ),
    ];
    for (name, help, value) in counters {
        text.write("counter", name, help, [(vec![], value)]);
    }
    let help = "Answers and pages that are kept.";
    text.write("gauge", "vitrine_answers", help, [(vec![], counts.kept())]);
    let help = "Bytes that kept answers and pages take, about.";
    text.write("gauge", "vitrine_answers_bytes", help, [(vec![], counts.kept_bytes())]);
}

fn level(state: CircuitState) -> i64 {
    match state {
        CircuitState::Closed => 0,
        CircuitState::HalfOpen => 1,
        CircuitState::Open => 2,
    }
}

/// A stored enum's value, in lower case as labels are.
fn label(value: &impl ActiveEnum<Value = String>) -> String {
    value.to_value().to_ascii_lowercase()
}

type Labels = Vec<(&'static str, String)>;

#[derive(Default)]
struct Text(String);

impl Text {
    /// Names and values of labels are ours and hold nothing that would have to be escaped; a
    /// provider's name is one of our adapters'.
    fn gauge(&mut self, name: &str, help: &str, values: impl IntoIterator<Item = (Labels, i64)>) {
        self.write("gauge", name, help, values);
    }

    fn write<V: Display>(&mut self, kind: &str, name: &str, help: &str, values: impl IntoIterator<Item = (Labels, V)>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in values {
            let labels: Vec<_> = labels
                .iter()
                .map(|(label, value)| format!("{label}=\"{value}\""))
                .collect();
            let labels = match labels.as_slice() {
                [] => String::new(),
                labels => format!("{{{}}}", labels.join(",")),
            };
            let _ = writeln!(self.0, "{name}{labels} {value}");
        }
    }
}
