//! The worker of a shop of several processes.
// They panic where nobody reads, and wait where nobody reads on.
#![warn(clippy::print_stdout, clippy::print_stderr)]

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::bail;
use clap::{Parser, Subcommand};
use vitrine_adapters::{boot, config::Config, telemetry};
use vitrine_worker::{metrics, runtime, signals::shutdown_on_signal};

/// glibc's keeps what a flood of requests took in a heap for each thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Does Vitrine's background work: payments, stock, mails and the search index.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The configuration file; by default vitrine.toml, if there is one.
    #[arg(long, global = true, value_name = "FILE", env = "VITRINE_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Asks everything that a worker stands on, and fails if it cannot work.
    Health,
}

fn main() -> ExitCode {
    let program = async {
        let outcome = run().await;
        telemetry::send_traces().await;
        outcome
    };
    match runtime::run(program).map_err(anyhow::Error::from).flatten() {
        Ok(code) => code,
        Err(error) => {
            // Whether or not somebody reads it.
            let _ = writeln!(io::stderr(), "vitrine-worker: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let config = Config::load(arguments.config.as_deref())?;
    let _log = telemetry::start(&config, "vitrine-worker")?;
    if config.is_embedded() {
        bail!("without `redis`, `vitrine` itself runs the worker: set `redis.url`, or do not start `vitrine-worker`");
    }
    let booted = boot::boot(&config).await?;
    match arguments.command {
        None => {
            booted.refuse_hazards(&config).await?;
            let shutdown = shutdown_on_signal()?;
            if let Some(address) = config.metrics.worker_address {
                let setting = "metrics.worker_address";
                tokio::spawn(metrics::serve(metrics::routes(), address, setting, shutdown.clone()));
            }
            vitrine_worker::run(&booted, &config, shutdown).await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Health) => Ok(report_health(&booted).await),
    }
}

async fn report_health(booted: &boot::Booted) -> ExitCode {
    let components = booted.health().await;
    for component in &components {
        let state = if component.ok { "ok" } else { "down" };
        let detail = component.detail.as_deref().unwrap_or_default();
        // Its exit code is the answer, whether or not somebody reads the words.
        let _ = writeln!(io::stdout(), "{}: {state} {detail}", component.name);
    }
    // A server does without Redis for a while; a worker has nothing to do without it.
    let works = components
        .iter()
        .all(|component| component.ok || !(component.required || component.name == "redis"));
    if works { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
