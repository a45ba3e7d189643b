//! Where logs go: readable lines in development, one JSON object a line in production.
//!
//! Nothing personal is logged: no addresses, no tokens, no bodies; ids only.

use std::io::IsTerminal;

use anyhow::Context;
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

/// Starts logging to standard error.
///
/// # Errors
/// When logging was started before.
pub fn start(config: &Config) -> anyhow::Result<()> {
    // What is configured comes last and wins.
    let directives = format!("{},{}", QUIET.join(","), config.log.level);
    let filter: EnvFilter = directives.parse().context("reading `log.level`")?;
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match config.log_format() {
        LogFormat::Text => subscriber
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .finish()
            .try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).finish().try_init(),
    }
    .context("starting the log")
}
