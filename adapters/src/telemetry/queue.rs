//! Takes spans that have ended to the collector. Nobody waits for it: spans go through a bounded queue to a task of its
//! own, and where there is no room, or the collector is away, they are lost, and counted as such.

use std::{
    mem,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use opentelemetry::Context;
use opentelemetry_proto::{
    tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse},
    transform::{common::tonic::ResourceAttributesWithSchema, trace::tonic::group_spans_by_resource_and_scope},
};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    trace::{Span, SpanData, SpanProcessor},
};
use prost::Message;
use reqwest::{
    Client,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use tokio::sync::{
    mpsc::{self, Receiver, Sender},
    oneshot,
};

use super::shape::shape;
use crate::config::Telemetry;

/// How many spans wait while the collector is slow.
const SPANS_WAITING_MAX: usize = 8_192;

/// How many go at once, and how long the first of them waits for others.
const SPANS_AT_ONCE: usize = 1_024;
const GATHERING: Duration = Duration::from_secs(1);

/// How long the collector may take over them.
const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// How long nothing is said again of a collector that is away.
const SILENCE: Duration = Duration::from_secs(60);

/// How long the end of the process waits for spans that are not sent yet.
const FAREWELL_MAX: Duration = Duration::from_secs(3);

/// What became of spans.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Sent,
    /// There was no room: they ended faster than the collector takes them.
    Dropped,
    /// The collector was away, or did not want them.
    Failed,
}

const FATES: [(Fate, &str); 3] = [
    (Fate::Sent, "sent"),
    (Fate::Dropped, "dropped"),
    (Fate::Failed, "failed"),
];

static COUNTS: [AtomicU64; 3] = [AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0)];

impl Fate {
    fn count(self, spans: usize) {
        COUNTS[self as usize].fetch_add(spans as u64, Ordering::Relaxed);
    }
}

/// How many spans met which fate.
pub(crate) fn counts() -> [(&'static str, u64); 3] {
    FATES.map(|(fate, name)| (name, COUNTS[fate as usize].load(Ordering::Relaxed)))
}

/// Where ended spans wait.
#[derive(Debug)]
pub(super) struct Queue(Sender<SpanData>);

#[cfg(test)]
impl Queue {
    /// One whose spans nobody sends.
    pub(super) fn bare() -> (Self, Receiver<SpanData>) {
        let (queue, ended) = mpsc::channel(SPANS_WAITING_MAX);
        (Self(queue), ended)
    }
}

impl SpanProcessor for Queue {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        if self.0.try_send(span).is_err() {
            Fate::Dropped.count(1);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

/// Has what waits sent before the process ends.
pub(super) struct Farewell(Sender<oneshot::Sender<()>>);

impl Farewell {
    pub(super) async fn wait(&self) {
        let (sent, is_sent) = oneshot::channel();
        let waiting = async {
            if self.0.send(sent).await.is_ok() {
                // An error is the task's end, after which there is nothing to wait for.
                let _ = is_sent.await;
            }
        };
        let _ = tokio::time::timeout(FAREWELL_MAX, waiting).await;
    }
}

/// Begins to send spans to the collector that `settings` name.
///
/// # Errors
/// When its headers are none.
pub(super) fn start(endpoint: &str, settings: &Telemetry, resource: &Resource) -> anyhow::Result<(Queue, Farewell)> {
    let http = Client::builder()
        .default_headers(headers(settings)?)
        .user_agent(concat!("vitrine/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        // Nobody else is to see the headers.
        .redirect(redirect::Policy::none())
        .build()
        .context("making a client for `telemetry.otlp_endpoint`")?;
    let collector = Collector {
        http,
        url: traces_url(endpoint),
        resource: resource.into(),
        told: None,
    };
    let (queue, spans) = mpsc::channel(SPANS_WAITING_MAX);
    let (ask, asked) = mpsc::channel(1);
    tokio::spawn(collector.keep_sending(spans, asked));
    Ok((Queue(queue), Farewell(ask)))
}

/// As OTLP has it: the signal's path is added to what names the collector.
fn traces_url(endpoint: &str) -> String {
    let endpoint = endpoint.trim_end_matches('/');
    match endpoint.ends_with("/v1/traces") {
        true => endpoint.to_owned(),
        false => format!("{endpoint}/v1/traces"),
    }
}

fn headers(settings: &Telemetry) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/x-protobuf"))]);
    for header in &settings.otlp_headers {
        // Without its text: it may be a secret.
        let (name, value) = header
            .expose()
            .split_once('=')
            .context("`telemetry.otlp_headers`: no `=`")?;
        let name = HeaderName::try_from(name.trim()).context("`telemetry.otlp_headers`: the name of a header")?;
        let mut value =
            HeaderValue::try_from(value.trim()).context("`telemetry.otlp_headers`: the value of a header")?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

struct Collector {
    http: Client,
    url: String,
    resource: ResourceAttributesWithSchema,
    /// When it was last said that it is away.
    told: Option<Instant>,
}

impl Collector {
    async fn keep_sending(mut self, mut spans: Receiver<SpanData>, mut asked: Receiver<oneshot::Sender<()>>) {
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                received = spans.recv_many(&mut batch, SPANS_AT_ONCE) => {
                    if received == 0 {
                        return;
                    }
                    // Not to have come in time is what ends it.
                    let _ = tokio::time::timeout(GATHERING, gather(&mut spans, &mut batch)).await;
                    self.send(mem::take(&mut batch)).await;
                }
                Some(sent) = asked.recv() => {
                    while let Ok(span) = spans.try_recv() {
                        batch.push(span);
                        if batch.len() == SPANS_AT_ONCE {
                            self.send(mem::take(&mut batch)).await;
                        }
                    }
                    if !batch.is_empty() {
                        self.send(mem::take(&mut batch)).await;
                    }
                    // Whoever asked may have given up.
                    let _ = sent.send(());
                }
            }
        }
    }

    async fn send(&mut self, batch: Vec<SpanData>) {
        let spans = batch.len();
        match self.try_send(batch).await {
            Ok(refused) => {
                let refused = refused.min(spans);
                Fate::Sent.count(spans - refused);
                if refused > 0 {
                    self.lose(refused, &anyhow::anyhow!("the collector did not want some of them"));
                }
            }
            Err(error) => self.lose(spans, &error),
        }
    }

    /// Gives how many the collector did not want.
    async fn try_send(&self, batch: Vec<SpanData>) -> anyhow::Result<usize> {
        let batch = batch.into_iter().map(shape).collect();
        let request = ExportTraceServiceRequest {
            resource_spans: group_spans_by_resource_and_scope(batch, &self.resource),
        };
        let sending = self.http.post(&self.url).body(request.encode_to_vec());
        // The address may hold a secret.
        let answer = sending.send().await.map_err(reqwest::Error::without_url)?;
        let answer = answer.error_for_status().map_err(reqwest::Error::without_url)?;
        let told = answer.bytes().await.map_err(reqwest::Error::without_url)?;
        let told = ExportTraceServiceResponse::decode(told).unwrap_or_default();
        let refused = told.partial_success.map_or(0, |partial| partial.rejected_spans);
        Ok(usize::try_from(refused).unwrap_or(0))
    }

    fn lose(&mut self, spans: usize, error: &anyhow::Error) {
        Fate::Failed.count(spans);
        if self.told.is_none_or(|told| told.elapsed() >= SILENCE) {
            self.told = Some(Instant::now());
            let error: &(dyn std::error::Error + 'static) = error.as_ref();
            tracing::warn!(spans, error, "traces are lost: the collector does not take them");
        }
    }
}

async fn gather(spans: &mut Receiver<SpanData>, batch: &mut Vec<SpanData>) {
    while batch.len() < SPANS_AT_ONCE {
        if spans.recv_many(batch, SPANS_AT_ONCE - batch.len()).await == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    #[test]
    fn the_path_of_traces_is_added_where_it_is_not_there() {
        for endpoint in ["http://c:4318", "http://c:4318/", "http://c:4318/v1/traces"] {
            assert_eq!(traces_url(endpoint), "http://c:4318/v1/traces");
        }
        assert_eq!(traces_url("https://c/otlp"), "https://c/otlp/v1/traces");
    }

    #[test]
    fn headers_are_names_and_values() {
        let with = |header: &str| {
            headers(&Telemetry {
                otlp_headers: vec![Secret::new(header)],
                ..Telemetry::default()
            })
        };
        let sent = with("Authorization = Basic YTpi==").expect("headers");
        assert_eq!(sent["authorization"], "Basic YTpi==");
        assert!(sent["authorization"].is_sensitive());
        for none in ["authorization", "a b=c", "a=b\u{1}"] {
            let error = with(none).expect_err(none).to_string();
            assert!(
                error.contains("telemetry.otlp_headers") && !error.contains(none),
                "{error}"
            );
        }
    }
}
