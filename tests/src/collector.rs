//! A collector of traces for tests: it takes OTLP over HTTP as `/v1/traces` has it, and keeps what it is sent.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use opentelemetry_proto::tonic::{
    collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse},
    common::v1::{KeyValue, any_value::Value},
    trace::v1::span::SpanKind,
};
use prost::Message;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::patience::{PATIENCE, out_of_patience};

/// A collector on a free port of 127.0.0.1. It stops when it is dropped.
pub struct Collector {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    authorization: &'static str,
    spans: Mutex<Vec<TracedSpan>>,
}

/// A span as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct TracedSpan {
    /// What the process calls itself.
    pub service: String,
    pub trace: String,
    pub id: String,
    /// Empty where it begins a trace.
    pub parent: String,
    pub name: String,
    pub kind: SpanKind,
    pub failed: bool,
    pub attributes: Vec<(String, String)>,
    /// How many lines of a log came with it.
    pub events: usize,
}

impl TracedSpan {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Collector {
    /// One that takes nothing but under this header `Authorization`.
    ///
    /// # Panics
    /// When this machine has no free port.
    pub async fn start(authorization: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("127.0.0.1 has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared {
            authorization,
            spans: Mutex::default(),
        });
        let router = Router::new()
            .route("/v1/traces", post(take))
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the collector stopped");
            }
        });
        Self {
            address,
            shared,
            server,
        }
    }

    /// What names it in a configuration.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All that has come.
    pub fn spans(&self) -> Vec<TracedSpan> {
        self.shared.spans.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until spans have come of which all of this is true.
    ///
    /// # Panics
    /// When they do not.
    pub async fn wait_until(&self, all: impl Fn(&[TracedSpan]) -> bool) -> Vec<TracedSpan> {
        let waiting = async {
            loop {
                let spans = self.spans();
                if all(&spans) {
                    return spans;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(spans) => spans,
            Err(_) => out_of_patience(format_args!("nothing more came than {:#?}", self.spans())),
        }
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn take(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    if headers
        .get(header::AUTHORIZATION)
        .is_none_or(|sent| sent != shared.authorization)
    {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(request) = ExportTraceServiceRequest::decode(body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut spans = shared.spans.lock().unwrap_or_else(PoisonError::into_inner);
    spans.extend(read(request));
    ExportTraceServiceResponse::default().encode_to_vec().into_response()
}

fn read(request: ExportTraceServiceRequest) -> Vec<TracedSpan> {
    let mut read = Vec::new();
    for of_process in request.resource_spans {
        let resource = attributes(
            of_process
                .resource
                .map(|resource| resource.attributes)
                .unwrap_or_default(),
        );
        let service = resource.iter().find(|(key, _)| key == "service.name");
        let service = service.map(|(_, name)| name.clone()).unwrap_or_default();
        let spans = of_process.scope_spans.into_iter().flat_map(|scope| scope.spans);
        read.extend(spans.map(|span| TracedSpan {
            service: service.clone(),
            trace: hexadecimal(&span.trace_id),
            id: hexadecimal(&span.span_id),
            parent: hexadecimal(&span.parent_span_id),
            kind: span.kind(),
            failed: span.status.as_ref().is_some_and(|status| status.code == 2),
            events: span.events.len(),
            attributes: attributes(span.attributes),
            name: span.name,
        }));
    }
    read
}

fn attributes(sent: Vec<KeyValue>) -> Vec<(String, String)> {
    let text = |value: Option<Value>| match value {
        Some(Value::StringValue(text)) => text,
        Some(Value::BoolValue(value)) => value.to_string(),
        Some(Value::IntValue(value)) => value.to_string(),
        other => format!("{other:?}"),
    };
    let all = sent.into_iter();
    all.map(|sent| (sent.key, text(sent.value.and_then(|value| value.value))))
        .collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
