//! How many statements operations ask of the database: of a server and a worker in this process, where they can be
//! counted.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use serde::Serialize;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use vitrine_adapters::boot::{self, Outside};
use vitrine_edge::{Drain, serve};
use vitrine_server::app;

use crate::{
    load::{Connection, Workload},
    shop::Shop,
    verdict,
    workloads::{Purchases, reads},
};

/// How often an operation is done to be counted.
const TIMES: u64 = 10;

/// Before that, so that what is read once a process has been read.
const BEFORE: u64 = 3;

/// Of one operation, without those that begin and end transactions.
#[derive(Debug, Serialize)]
pub struct Statements {
    pub what: String,
    pub each: f64,
}

/// The shop's other processes must have ended: a worker of theirs would do what is to be counted.
pub async fn statements(shop: &Shop) -> anyhow::Result<Vec<Statements>> {
    let counter = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&counter);
    let outside = Outside {
        watch_statements: Some(Arc::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        })),
        ..Outside::default()
    };
    let booted = boot::boot_with(&shop.config, outside).await?;
    let stop = CancellationToken::new();
    let tasks = run(shop, &booted, &stop).await?;
    let mut counts = Vec::new();
    let mut connection = Connection::open(shop.address).await?;
    for read in reads() {
        let mut count = async |times| {
            for number in 0..times {
                read.visit(&mut connection, number).await?;
            }
            anyhow::Ok(())
        };
        count(BEFORE).await?;
        let before = counter.load(Ordering::Relaxed);
        count(TIMES).await?;
        counts.push(per_time(read.name, counter.load(Ordering::Relaxed) - before));
    }
    let purchases = Purchases::new(shop.address, None).await?;
    purchases.place(shop.address, BEFORE).await?;
    verdict::rest(&shop.config).await?;
    let purchases = Purchases::new(shop.address, None).await?;
    let before = counter.load(Ordering::Relaxed);
    purchases.place(shop.address, TIMES).await?;
    verdict::rest(&shop.config).await?;
    counts.push(per_time(
        "purchase, jobs included",
        counter.load(Ordering::Relaxed) - before,
    ));
    stop.cancel();
    for task in tasks {
        task.await??;
    }
    Ok(counts)
}

fn per_time(what: &str, count: usize) -> Statements {
    Statements {
        what: what.to_owned(),
        each: count as f64 / TIMES as f64,
    }
}

async fn run(
    shop: &Shop,
    booted: &boot::Booted,
    stop: &CancellationToken,
) -> anyhow::Result<Vec<JoinHandle<anyhow::Result<()>>>> {
    let listener = TcpListener::bind(shop.address).await?;
    let drain = Drain::default();
    let routes = app::router_draining(booted, &shop.config, drain.clone())?;
    let (settings, serving) = (app::settings(&shop.config), drain.clone());
    let server = tokio::spawn(async move {
        serve(listener, routes, &settings, serving).await?;
        Ok(())
    });
    let (booted, config, stopping) = (booted.clone(), shop.config.clone(), stop.clone());
    let worker = tokio::spawn(async move { vitrine_worker::run(&booted, &config, stopping).await });
    let stopping = stop.clone();
    tokio::spawn(async move {
        stopping.cancelled().await;
        drain.begin();
    });
    Ok(vec![server, worker])
}
