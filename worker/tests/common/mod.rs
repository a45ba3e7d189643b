//! A shop in a temporary folder, with jobs that touch nothing but the outbox.

use std::{future::Future, time::Duration};

use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{
    boot::{self, Booted},
    config::{Config, Redis, Secret},
};
use vitrine_commerce::{Context, Shop, jobs::Job};

/// How long a state may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A configuration in a folder of its own, gone with it.
pub(crate) struct Place {
    pub(crate) config: Config,
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn new(redis: Option<Redis>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config {
            redis,
            ..Config::default()
        };
        config.database.url = Secret::new(format!("sqlite://{}?mode=rwc", folder.path().join("shop.db").display()));
        config.auth.key_file = folder.path().join("signing.key");
        config.mail.folder = folder.path().join("mail");
        config.worker.poll_ms = 50;
        Self { config, folder }
    }

    pub(crate) async fn boot(&self) -> Booted {
        boot::boot(&self.config).await.expect("a shop")
    }
}

/// A worker in this process.
pub(crate) struct Running {
    shutdown: CancellationToken,
    worker: JoinHandle<anyhow::Result<()>>,
}

impl Running {
    pub(crate) fn start(place: &Place, booted: &Booted) -> Self {
        let shutdown = CancellationToken::new();
        let (booted, config, asked) = (booted.clone(), place.config.clone(), shutdown.clone());
        Self {
            shutdown,
            worker: tokio::spawn(async move { vitrine_worker::run(&booted, &config, asked).await }),
        }
    }

    /// Asks it to stop, and sees that it does.
    pub(crate) async fn stop(self) {
        self.shutdown.cancel();
        let outcome = tokio::time::timeout(PATIENCE, self.worker)
            .await
            .expect("it stops in time");
        outcome.expect("no panic").expect("it stops as it was asked to");
    }
}

/// Commits `count` jobs.
pub(crate) async fn enqueue(shop: &Shop, count: usize) {
    let context = Context::system("test");
    shop.transact(&context, |tx| async move {
        (0..count).for_each(|_| tx.enqueue(None, Job::IndexProducts { products: Vec::new() }));
        Ok(())
    })
    .await
    .expect("committed");
}

/// How many outbox rows are in `state`.
pub(crate) async fn rows_in(shop: &Shop, state: &str) -> i64 {
    let sql = "select count(*) as rows from outbox where state = $1";
    let statement = Statement::from_sql_and_values(shop.db.get_database_backend(), sql, [state.into()]);
    let row = shop
        .db
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get("", "rows").expect("a number")
}

/// Waits until `count` jobs are done.
pub(crate) async fn until_done(shop: &Shop, count: i64) {
    until("the jobs are done", || async { rows_in(shop, "DONE").await == count }).await;
}

/// Waits for a state.
pub(crate) async fn until<Holds: Future<Output = bool>>(what: &str, holds: impl Fn() -> Holds) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("this did not come: {what}"));
}

/// Lets every lease be over, as if its time had passed.
pub(crate) async fn leases_run_out(shop: &Shop) {
    let sql = "update outbox set lease_until = $1 where lease_until is not null";
    let past = shop.now() - chrono::TimeDelta::seconds(1);
    let statement = Statement::from_sql_and_values(shop.db.get_database_backend(), sql, [past.into()]);
    shop.db.execute_raw(statement).await.expect("updated");
}
