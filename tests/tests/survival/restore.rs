//! A shop's machine is lost with its disk while shoppers buy, and the shop comes back elsewhere from its backup: by `vitrine
//! restore`, or by the scripts of `deploy/postgresql`. What is promised is kept: every order that was answered before the backup
//! (SQLite), or before the last segment of the log that was archived (PostgreSQL), is there, and the books balance.

use std::{
    fs,
    sync::{Arc, Mutex},
    time::Instant,
};

use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Statement};
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinSet;
use vitrine_entity::order;
use vitrine_tests::{
    Client,
    backend::{Backend, Services},
    patience::until,
    worker::leases_run_out,
};

use crate::{
    cluster::Cluster,
    fleet::{Fleet, Remains, redis_of_its_own},
    history::{self, Purchase},
    shopper::Shopper,
    verdict,
};

const SHOPPERS: usize = 4;

/// What the shoppers did, and when each was through with it.
type Log = Arc<Mutex<Vec<(Instant, Purchase)>>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_that_lost_its_machine_comes_back() {
    let mut keeper = Keeper::open().await;
    let fleet = keeper.launch().await;
    let variants = Arc::new(fleet.stock_up(5, 1000).await);
    let log = Log::default();
    let mut shoppers = crowd(&fleet, &variants, &log);
    bought(&log, 5).await;
    let promised = keeper.back_up(&fleet, &log).await;
    let answered = log.lock().unwrap().len();
    bought(&log, answered + 5).await;
    shoppers.shutdown().await;

    let lost = Instant::now();
    let mut remains = fleet.fall().await;
    keeper.lose_and_restore(&mut remains).await;
    let fleet = remains.rise().await;
    let closed = lost.elapsed();

    // What the dead had in hand.
    leases_run_out(&fleet.books.shop).await;
    let mut violations = verdict::rest(&fleet).await;
    let history = std::mem::take(&mut *log.lock().unwrap());
    let (kept, after): (Vec<_>, Vec<_>) = history.into_iter().partition(|(at, _)| *at < promised);
    let kept: Vec<_> = kept.into_iter().map(|(_, purchase)| purchase).collect();
    assert!(kept.len() >= 5 && after.len() >= 5);
    violations.extend(broken_promises(&kept, &fleet.books.shop.db).await);
    let forgotten = forgotten(&after, &fleet.books.shop.db).await;
    println!(
        "closed for {closed:.1?}; of {} orders that were answered by then all are there, of {} after it {forgotten} are not; \
         the last of those was answered {:.1?} before the end",
        kept.len(),
        after.len(),
        lost.duration_since(promised),
    );
    is_found(&fleet).await;
    // It sells on.
    let mut shopper = Shopper::new(99, 1, fleet.bases(), variants);
    assert!(shopper.purchase(0).await.acknowledged().is_some());
    violations.extend(verdict::rest(&fleet).await);
    fleet.retire().await;
    assert!(violations.is_empty(), "{violations:#?}");
}

/// How the shop is kept.
enum Keeper {
    Sqlite { folder: TempDir },
    Postgres { cluster: Box<Cluster> },
}

impl Keeper {
    async fn open() -> Self {
        match Services::of_environment() {
            None => Self::Sqlite {
                folder: tempfile::tempdir().unwrap(),
            },
            Some(_) => Self::Postgres {
                cluster: Box::new(Cluster::create()),
            },
        }
    }

    async fn launch(&self) -> Fleet {
        let folder = tempfile::tempdir().unwrap();
        match (self, Services::of_environment()) {
            (Self::Postgres { cluster }, Some(services)) => {
                let services = services.with_postgres(cluster.url());
                let mut backend = Backend::on_services(services, "template1").await;
                backend.redis_url = backend.redis_url.map(|url| redis_of_its_own(&url));
                Fleet::launch_on(backend, folder, 1, 1, &[]).await
            }
            _ => Fleet::launch_embedded(folder, &[]).await,
        }
    }

    /// While shoppers buy. Gives until when what was answered is promised to come back.
    async fn back_up(&self, fleet: &Fleet, log: &Log) -> Instant {
        match self {
            Self::Sqlite { folder } => {
                let (promised, folder) = (Instant::now(), folder.path().to_str().unwrap());
                let said = fleet.command(&["backup", "--to", folder]).await;
                assert!(
                    said.contains("orders, schema m0") && said.contains("not in it: the signing secret"),
                    "{said}"
                );
                promised
            }
            Self::Postgres { cluster } => {
                cluster.back_up();
                let answered = log.lock().unwrap().len();
                bought(log, answered + 5).await;
                let promised = Instant::now();
                archived(&fleet.books.shop.db).await;
                promised
            }
        }
    }

    async fn lose_and_restore(&mut self, remains: &mut Remains) {
        match self {
            Self::Sqlite { folder } => {
                let file = remains.backend.sqlite_file().unwrap();
                for rest in ["", "-wal", "-shm"] {
                    // The last two are there or not.
                    let _ = fs::remove_file(format!("{file}{rest}"));
                }
                let said = remains
                    .command(&["restore", "latest", "--from", folder.path().to_str().unwrap()])
                    .await;
                assert!(said.contains("is now what shop-"), "{said}");
            }
            Self::Postgres { cluster } => {
                cluster.lose();
                cluster.restore();
                remains.backend.move_to(&cluster.url());
                // Its jobs' ids are of a database that is gone.
                let redis = redis::Client::open(remains.backend.redis_url.as_deref().unwrap()).unwrap();
                let mut connection = redis.get_multiplexed_async_connection().await.unwrap();
                redis::cmd("FLUSHDB").exec_async(&mut connection).await.unwrap();
            }
        }
    }
}

/// Shoppers who buy until they are told to stop; what they were in the middle of then, nobody knows.
fn crowd(fleet: &Fleet, variants: &Arc<Vec<String>>, log: &Log) -> JoinSet<()> {
    let mut shoppers = JoinSet::new();
    for number in 0..SHOPPERS {
        let mut shopper = Shopper::new(number, rand::random(), fleet.bases(), variants.clone());
        let log = log.clone();
        shoppers.spawn(async move {
            for purchase in 0.. {
                let bought = shopper.purchase(purchase).await;
                log.lock().unwrap().push((Instant::now(), bought));
            }
        });
    }
    shoppers
}

/// Waits until so many were through.
async fn bought(log: &Log, count: usize) {
    until("somebody sells", async || log.lock().unwrap().len() >= count).await;
}

/// Has the log archived up to this moment, and waits until it is: what `archive_timeout` does each minute.
async fn archived(db: &DatabaseConnection) {
    let ask = async |sql: &str| -> String {
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await;
        row.unwrap().unwrap().try_get_by_index(0).unwrap()
    };
    let segment = ask("select pg_walfile_name(pg_switch_wal())").await;
    until(&format!("{segment} is archived"), async || {
        ask("select coalesce(last_archived_wal, '') from pg_stat_archiver").await >= segment
    })
    .await;
}

/// What the database does not know, or knows otherwise, of what was promised.
async fn broken_promises(kept: &[Purchase], db: &DatabaseConnection) -> Vec<String> {
    let mut found = history::contradictions(kept, db).await;
    // What came after the promise may be there, and what was under way when the machine was lost.
    found.retain(|sentence| !sentence.starts_with("nobody asked for"));
    found
}

/// How many orders that were answered later are not there.
async fn forgotten(after: &[(Instant, Purchase)], db: &DatabaseConnection) -> usize {
    let orders = order::Entity::find().all(db).await.unwrap();
    let is_there = |id: &str| orders.iter().any(|order| order.id.to_string() == id);
    let answered = after.iter().filter_map(|(_, purchase)| purchase.acknowledged());
    answered.filter(|id| !is_there(id)).count()
}

/// The search index is nobody's to restore: it is made anew.
async fn is_found(fleet: &Fleet) {
    let guest = Client::guest(fleet.bases()[0].clone());
    let query = "{ productSearch(query: \"Survival\", first: 10) { nodes { slug } } }";
    until("the goods are found", async || {
        let answer = guest.try_data(query, json!({})).await.unwrap_or_default();
        let nodes = answer["productSearch"]["nodes"].as_array();
        nodes.is_some_and(|nodes| nodes.len() == 5)
    })
    .await;
}
