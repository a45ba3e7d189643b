//! Where logs go: readable lines in development, one JSON object a line in production.
//!
//! Nothing personal is logged: no addresses, no tokens, no bodies; ids only.
//!
//! The log can never hold the shop up. Lines go through a bounded buffer to a thread of their own;
//! where whoever reads them has gone away, or no longer reads, they are dropped.

use std::{
    fs::File,
    io::{self, IsTerminal},
    os::fd::AsFd,
    panic::{self, PanicHookInfo},
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

/// Starts logging to standard error. What still waits is written when the guard is dropped: keep
/// it until the process ends.
///
/// # Errors
/// When logging was started before, or there is no standard error.
pub fn start(config: &Config) -> anyhow::Result<WorkerGuard> {
    // What is configured comes last and wins.
    let directives = format!("{},{}", QUIET.join(","), config.log.level);
    let filter: EnvFilter = directives.parse().context("reading `log.level`")?;
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(LINES_WAITING_MAX)
        .thread_name("log")
        .finish(standard_error()?);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
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
    Ok(guard)
}

/// A handle of its own: the standard library's has a lock, and a thread that waits for a reader
/// would hold it against everybody else who writes there.
fn standard_error() -> anyhow::Result<File> {
    let handle = io::stderr().as_fd().try_clone_to_owned();
    handle.map(File::from).context("opening standard error for the log")
}

/// Rust's own hook writes to standard error by itself, and waits for its reader.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let message = panic.payload_as_str().unwrap_or("no message");
    tracing::error!(place, message, "a panic");
}
