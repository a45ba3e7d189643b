//! Where logs go: readable lines in development, one JSON object a line in production.
//!
//! Nothing personal is logged: no addresses, no tokens, no bodies; ids only.
//!
//! Where `telemetry.otlp_endpoint` names a collector, requests and jobs are recorded as traces as well (`traces`), and the
//! log's lines name the trace that they belong to.
//!
//! The log can never hold the shop up. Lines go through a bounded buffer to a thread of their own;
//! where whoever reads them has gone away, or no longer reads, they are dropped.

mod queue;
mod shape;
mod statements;
mod traces;

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    os::fd::AsFd,
    panic::{self, PanicHookInfo},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use anyhow::Context;
use opentelemetry::KeyValue;
use opentelemetry_sdk::Resource;
use tracing::Subscriber;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, registry::LookupSpan, util::SubscriberInitExt};
use vitrine_commerce::trace;

use self::queue::Farewell;
use crate::config::{Config, Environment, LogFormat};

pub(crate) use queue::counts;
pub(crate) use statements::statement;

/// Libraries that say at `info` what only their authors want to know.
const QUIET: [&str; 6] = [
    "sqlx=warn",
    "sea_orm_migration=warn",
    "apalis=warn",
    "apalis_core=warn",
    "apalis_redis=warn",
    "tantivy=warn",
];

/// How many lines wait for a reader that is slow. A line that finds no room is dropped.
const LINES_WAITING_MAX: usize = 16_384;

/// How long the end of the process waits for lines that are not written yet.
const FAREWELL_MAX: Duration = Duration::from_secs(2);

/// The log of this process. What still waits is written when it is dropped: keep it until the process ends.
pub struct Log(Option<WorkerGuard>);

/// What has spans sent at the end, where there are any.
static SPANS: OnceLock<Farewell> = OnceLock::new();

/// Has the spans sent that wait for it: call it at the end of a process. Where nothing is recorded it does nothing.
pub async fn send_traces() {
    if let Some(spans) = SPANS.get() {
        spans.wait().await;
    }
}

/// Starts logging to standard error; to nowhere, where there is none. And to record traces, where there is a collector, as
/// those of `program`. Call it where tokio runs.
///
/// # Errors
/// When logging was started before, or `log.level` or `telemetry.otlp_headers` cannot be read.
pub fn start(config: &Config, program: &'static str) -> anyhow::Result<Log> {
    // What is configured comes last and wins; steps of traces are no lines.
    let directives = format!("{},{},{}=off", QUIET.join(","), config.log.level, trace::TARGET);
    let filter: EnvFilter = directives.parse().context("reading `log.level`")?;
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(LINES_WAITING_MAX)
        .thread_name("log")
        .finish(standard_error());
    let registry = tracing_subscriber::registry();
    match config.telemetry.endpoint() {
        None => {
            // The filter is the whole subscriber's: what it leaves out is not even made.
            registry
                .with(filter)
                .with(lines(config, writer))
                .try_init()
                .context("starting the log")?;
        }
        Some(endpoint) => {
            let resource = resource(config, program);
            let (queue, farewell) = queue::start(endpoint, &config.telemetry, &resource)?;
            let traces = traces::layer(&config.telemetry, config.database_kind(), resource, queue);
            let lines = lines(config, writer).with_filter(filter);
            registry
                .with(traces)
                .with(lines)
                .try_init()
                .context("starting the log")?;
            // It is started once.
            let _ = SPANS.set(farewell);
        }
    }
    panic::set_hook(Box::new(log_panic));
    Ok(Log(Some(guard)))
}

fn lines<S>(config: &Config, writer: NonBlocking) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(writer)
        // It would tell of a line that cannot be formatted by `eprintln!`, which panics where nobody reads.
        .log_internal_errors(false);
    match config.log_format() {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).with_target(false).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    }
}

/// What all spans of this process are of.
fn resource(config: &Config, program: &'static str) -> Resource {
    let name = config
        .telemetry
        .service_name
        .clone()
        .unwrap_or_else(|| program.to_owned());
    let environment = match config.environment {
        Environment::Development => "development",
        Environment::Production => "production",
    };
    Resource::builder()
        .with_service_name(name)
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_attribute(KeyValue::new("deployment.environment.name", environment))
        .build()
}

impl Drop for Log {
    /// In a thread of its own: where there is no room for more lines, the guard says so on standard output, and would wait
    /// there for a reader who may have gone as well.
    fn drop(&mut self) {
        let (ended, end) = mpsc::channel::<()>();
        let guard = self.0.take();
        let ending = thread::Builder::new().name("log end".to_owned()).spawn(move || {
            drop(guard);
            drop(ended);
        });
        if ending.is_ok() {
            // Whichever it is, it has ended or its time is up.
            let _ = end.recv_timeout(FAREWELL_MAX);
        }
    }
}

/// A handle of its own: the standard library's has a lock, and a thread that waits for a reader
/// would hold it against everybody else who writes there.
fn standard_error() -> Box<dyn Write + Send> {
    match io::stderr().as_fd().try_clone_to_owned() {
        Ok(handle) => Box::new(File::from(handle)),
        Err(_) => Box::new(io::sink()),
    }
}

/// Rust's own hook writes to standard error by itself, and waits for its reader.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let message = panic.payload_as_str().unwrap_or("no message");
    tracing::error!(place, message, "a panic");
}
