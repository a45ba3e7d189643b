//! `vitrine serve`: opens the shop, and closes it in good order.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::Context as _;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{
    boot::{self, Booted},
    config::{Config, Environment},
};
use vitrine_commerce::{delivery::tax, profile::ShopKind, search::record};
use vitrine_edge::{self as edge, Drain, HttpSettings};
use vitrine_worker::signals::shutdown_on_signal;

use super::banner;
use crate::{app, metrics};

/// How many files, sockets among them, a server wants to open, and how many of them are not for shoppers.
const FILES_WANTED: u64 = 20_000;
const FILES_RESERVED: usize = 256;

/// How long what is written at the very end may take: a disk that does not answer must not keep the process.
const FAREWELL_MAX: Duration = Duration::from_secs(5);

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let booted = boot::boot_server(config).await?;
    booted.refuse_hazards(config).await?;
    let is_demo = prepare(&booted, config).await?;
    booted.open_search(config).await?;
    let unconfirmed = tax::setting::unconfirmed(&booted.shop)
        .await
        .context("reading the tax rates")?;
    if unconfirmed > 0 {
        tracing::warn!(
            unconfirmed,
            "tax rates are not confirmed: look at them, and confirm each by `taxRateUpdate` or in the shop's file"
        );
    }
    let address = config.http.address;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("listening at {address}: is another server there? `http.address` chooses another"))?;
    let (shutdown, drain) = (shutdown_on_signal()?, Drain::default());
    let worker = config.is_embedded().then(|| start_worker(&booted, config));
    let routes = app::router_draining(&booted, config, drain.clone())?;
    if let Some(address) = config.metrics.address {
        tokio::spawn(serve_metrics(booted.clone(), address, drain.clone()));
    }
    banner::print(config, &booted.shop.profile().name, is_demo);
    let settings = with_room(app::settings(config));
    let serving = edge::serve(listener, routes, &settings, drain.clone());
    let outcome = serve_until(shutdown, serving, drain, worker).await;
    if tokio::time::timeout(FAREWELL_MAX, close(&booted)).await.is_err() {
        tracing::warn!("the search index was not closed in time: it is looked through at the next start");
    }
    outcome
}

/// Writes what is not written yet.
async fn close(booted: &Booted) {
    if let Err(error) = record::flush(&booted.shop).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "what was searched for last is not written down"
        );
    }
    booted.close_search().await;
}

/// Answers those who watch, until the server drains.
async fn serve_metrics(booted: Booted, address: SocketAddr, drain: Drain) {
    let (stop, routes) = (CancellationToken::new(), metrics::routes(booted.shop));
    let serving = vitrine_worker::metrics::serve(routes, address, "metrics.address", stop.clone());
    tokio::join!(serving, async {
        drain.begun().await;
        stop.cancel();
    });
}

/// Makes a shop that nobody has said anything of the demo, where it is embedded and for development. Gives whether
/// the demo's staff may sign in.
async fn prepare(booted: &Booted, config: &Config) -> anyhow::Result<bool> {
    if !config.is_embedded() || config.environment != Environment::Development {
        return Ok(false);
    }
    let report = vitrine_demo::set_up(&booted.shop)
        .await
        .context("preparing the demo shop")?;
    if report.products > 0 {
        vitrine_demo::open_markets(&booted.shop)
            .await
            .context("opening the demo's markets")?;
        vitrine_demo::open_discounts(&booted.shop)
            .await
            .context("switching the demo's discounts on")?;
        vitrine_demo::open_pages(&booted.shop)
            .await
            .context("writing the demo's pages")?;
        tracing::info!(products = report.products, "the demo catalogue is there");
    }
    let is_demo = booted.shop.profile().kind == ShopKind::Demo;
    Ok(is_demo && vitrine_demo::has_staff(&booted.shop).await?)
}

/// As many connections as the process may open: many systems grant 1,024 files unless they are asked, and a
/// server that runs out of them answers nobody.
fn with_room(settings: HttpSettings) -> HttpSettings {
    let files = match rlimit::increase_nofile_limit(FILES_WANTED) {
        Ok(files) => usize::try_from(files).unwrap_or(usize::MAX),
        Err(error) => {
            tracing::warn!(%error, "how many files may be open is not known");
            return settings;
        }
    };
    let room = files.saturating_sub(FILES_RESERVED).max(1);
    HttpSettings {
        connections_max: settings.connections_max.min(room),
        ..settings
    }
}

/// A worker within this process, and what ends it.
struct Worker {
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

fn start_worker(booted: &Booted, config: &Config) -> Worker {
    let stop = CancellationToken::new();
    let (booted, config, stopped) = (booted.clone(), config.clone(), stop.clone());
    let task = tokio::spawn(async move { vitrine_worker::run(&booted, &config, stopped).await });
    Worker { stop, task }
}

/// Serves until somebody asks to stop: then takes no more, lets what is open end, and last of all
/// the jobs that it left behind. A worker that ends unasked ends the server, too, with an error.
async fn serve_until(
    shutdown: CancellationToken,
    serving: impl Future<Output = std::io::Result<()>>,
    drain: Drain,
    worker: Option<Worker>,
) -> anyhow::Result<ExitCode> {
    tokio::pin!(serving);
    let Some(Worker { stop, mut task }) = worker else {
        return drained(&shutdown, serving, &drain).await;
    };
    let outcome = tokio::select! {
        served = drained(&shutdown, serving.as_mut(), &drain) => served,
        ended = &mut task => {
            drain.begin();
            serving.await.context("serving")?;
            ended.context("the worker panicked")??;
            anyhow::bail!("the worker ended unasked");
        }
    };
    stop.cancel();
    task.await.context("the worker panicked")??;
    outcome
}

async fn drained(
    shutdown: &CancellationToken,
    mut serving: impl Future<Output = std::io::Result<()>> + Unpin,
    drain: &Drain,
) -> anyhow::Result<ExitCode> {
    tokio::select! {
        served = &mut serving => served.context("serving")?,
        () = shutdown.cancelled() => {
            drain.begin();
            serving.await.context("serving")?;
        }
    }
    tracing::info!("the shop is closed");
    Ok(ExitCode::SUCCESS)
}
