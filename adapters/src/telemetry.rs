//! Where logs go: readable lines in development, one JSON object a line in production.
//!
//! Nothing personal is logged: no addresses, no tokens, no bodies; ids only.
//!
//! The log can never hold the shop up. Lines go through a bounded buffer to a thread of their own;
//! where whoever reads them has gone away, or no longer reads, they are dropped.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    os::fd::AsFd,
    panic::{self, PanicHookInfo},
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::Context;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, util::SubscriberInitExt};

use crate::config::{Config, LogFormat};

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

/// Starts logging to standard error; to nowhere, where there is none.
///
/// # Errors
/// When logging was started before, or `log.level` cannot be read.
pub fn start(config: &Config) -> anyhow::Result<Log> {
    // What is configured comes last and wins.
    let directives = format!("{},{}", QUIET.join(","), config.log.level);
    let filter: EnvFilter = directives.parse().context("reading `log.level`")?;
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(LINES_WAITING_MAX)
        .thread_name("log")
        .finish(standard_error());
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        // It would tell of a line that cannot be formatted by `eprintln!`, which panics where nobody reads.
        .log_internal_errors(false);
    match config.log_format() {
        LogFormat::Text => subscriber
            .with_ansi(io::stderr().is_terminal())
            .with_target(false)
            .finish()
            .try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).finish().try_init(),
    }
    .context("starting the log")?;
    panic::set_hook(Box::new(log_panic));
    Ok(Log(Some(guard)))
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
