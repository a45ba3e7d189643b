//! A standby follows the shop's PostgreSQL: what may be late is read of it, who wrote reads what they wrote, nothing is kept that
//! lacks a change, and a standby that falls behind or dies is left and taken back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};
use vitrine_adapters::config::{Config, Secret};
use vitrine_commerce::reader::Replicas;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, backend::Services, memory::TestClock, worker::until};

use crate::cluster::Cluster;

/// Longer than the test may take: what it calls late it says itself.
const LONG: Duration = Duration::from_secs(600);

const RENAME: &str =
    "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code message field } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_be_late_is_read_of_a_replica_and_nothing_else() {
    // SQLite has none.
    if Services::of_environment().is_none() {
        return;
    }
    let mut cluster = Cluster::create();
    let standby = cluster.stand_by();
    let mut fixture = Fixture::open(&cluster.url(), &standby).await;
    let lag_max_ms = u64::try_from(LONG.as_millis()).unwrap();
    let elsewhere = fixture
        .shop
        .another_server(|config| config.database.replica_lag_max_ms = lag_max_ms);
    let elsewhere = elsewhere.await;
    let staff = fixture.shop.staff(StaffRole::Administrator).await;
    let guest = fixture.shop.guest();
    staff.sell("MUG-1", "10.00", 5).await;
    let product = staff.data("{ product(slug: \"mug-1\") { id } }", json!({})).await;
    // Both say the same, and the standby is asked.
    fixture.until_asked(&guest, "Test MUG-1").await;
    until("the other server knows it", async || health(&elsewhere).await.1 == true).await;

    // It stands still. Whoever wrote reads what they wrote; others may be shown what was.
    fixture.on_standby("select pg_wal_replay_pause()").await;
    let renamed = json!({ "input": { "id": product["product"]["id"], "title": "A cup" } });
    staff.done(RENAME, renamed).await;
    assert_eq!(shown(&staff, &query()).await, "A cup");
    let mut asked = String::new();
    until("somebody is answered late", async || {
        asked = query();
        shown(&guest, &asked).await == "Test MUG-1"
    })
    .await;
    // Whoever wrote reads it on another server, too, where others may be shown what was.
    until("somebody is answered late elsewhere", async || {
        shown(&elsewhere, &query()).await == "Test MUG-1"
    })
    .await;
    let staff_elsewhere = elsewhere.with_token(staff.access_token().unwrap());
    until("who wrote is known elsewhere", async || {
        shown(&staff_elsewhere, &query()).await == "A cup"
    })
    .await;
    // That was not kept: it lacks what is known. Nor is it made of the standby again.
    assert_eq!(shown(&guest, &asked).await, "A cup");
    assert_eq!(shown(&guest, &asked).await, "A cup");

    // It is later than may be: nobody asks it, and whoever watches is told.
    fixture.replicas().bear(Duration::from_millis(1));
    assert_eq!(shown(&guest, &query()).await, "A cup");
    until("it is told of", async || {
        health(&guest).await == (json!("degraded"), json!(false))
    })
    .await;
    let metrics = fixture.shop.metrics().await.text().await.unwrap();
    assert!(
        metrics.contains("vitrine_database_replicas{state=\"left\"} 1"),
        "{metrics}"
    );
    // What it was asked is not counted among the database's.
    let apart = "vitrine_database_replica_statement_seconds_count{replica=\"1\",outcome=\"ok\"}";
    assert!(metrics.contains(apart), "{metrics}");

    // It goes on, and is asked again.
    fixture.on_standby("select pg_wal_replay_resume()").await;
    fixture.replicas().bear(LONG);
    fixture.until_asked(&guest, "A cup").await;

    // It dies, and comes back.
    cluster.stop_standby();
    assert_eq!(shown(&guest, &query()).await, "A cup");
    until("it is left", async || !fixture.replicas().statuses()[0].is_used).await;
    assert_eq!(shown(&guest, &query()).await, "A cup");
    cluster.start_standby();
    fixture.until_asked(&guest, "A cup").await;
    fixture.shop.abandon().await;
}

struct Fixture {
    shop: TestShop,
    standby: DatabaseConnection,
}

impl Fixture {
    async fn open(primary: &str, standby: &str) -> Self {
        let configured = |config: &mut Config| {
            config.database.url = Secret::new(primary);
            config.database.replicas = vec![Secret::new(standby)];
        };
        let shop = TestShop::open_on(configured, TestClock::default(), async |_| {}).await;
        let fixture = Self {
            shop,
            standby: Database::connect(standby).await.unwrap(),
        };
        fixture.replicas().bear(LONG);
        fixture
    }

    fn replicas(&self) -> &Arc<Replicas> {
        self.shop.shop().db.replicas().unwrap()
    }

    async fn on_standby(&self, sql: &str) {
        self.standby.execute_unprepared(sql).await.unwrap();
    }

    /// Until the standby has answered, and with this title.
    async fn until_asked(&self, guest: &Client, title: &str) {
        until("the standby is asked", async || {
            let before = self.replicas().statuses()[0].answers;
            let is_right = shown(guest, &query()).await == title;
            is_right && self.replicas().statuses()[0].answers > before
        })
        .await;
    }
}

/// One that nobody has asked before, and that is therefore not kept.
fn query() -> String {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let number = ASKED.fetch_add(1, Ordering::Relaxed);
    format!("{{ asked{number}: product(slug: \"mug-1\") {{ title }} }}")
}

/// How the server is, and whether its replica is.
async fn health(client: &Client) -> (Value, Value) {
    let mut health: Value = client.get("/health/ready").await.json().await.unwrap();
    let components = health["components"].as_array().cloned().unwrap_or_default();
    let replica = components.iter().find(|component| component["name"] == "replica");
    let is_well = replica.map_or(Value::Null, |replica| replica["ok"].clone());
    (health["status"].take(), is_well)
}

/// The title that `client` is shown.
async fn shown(client: &Client, query: &str) -> String {
    let data = client.data(query, json!({})).await;
    let product = data.as_object().unwrap().values().next().unwrap();
    product["title"].as_str().unwrap_or_default().to_owned()
}
