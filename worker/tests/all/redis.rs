//! The worker on Redis, where `VITRINE_TEST_REDIS_URL` names one. Each test has a prefix of its
//! own there.

use std::io::Write as _;
use std::process::Stdio;

use crate::common::{Place, enqueue, rows_in, until_done};
use chrono::TimeDelta;
use redis::{AsyncCommands, aio::MultiplexedConnection};
use sea_orm::{
    ConnectionTrait, EntityTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait, sea_query::Expr,
};
use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    sync::broadcast,
};
use vitrine_adapters::{
    boot::Booted,
    config::{Redis, Secret},
    queue::WAITING_MAX,
};
use vitrine_commerce::ports::ids::{IdSource, SystemIds};
use vitrine_entity::{
    ids::OutboxId,
    outbox::{self, Queue},
};
use vitrine_tests::{
    patience::{sooner_than, until, within},
    worker::{Working, leases_run_out},
};

/// `None` without a Redis.
fn redis() -> Option<Redis> {
    match std::env::var("VITRINE_TEST_REDIS_URL") {
        Ok(url) => Some(Redis {
            url: Secret::new(url),
            prefix: format!("test-{}", SystemIds::default().unguessable().simple()),
            allow_eviction: false,
        }),
        Err(_) => {
            // Past the capture: a test never skips itself in silence.
            let _ = writeln!(
                std::io::stderr(),
                "not tried: the worker on Redis (VITRINE_TEST_REDIS_URL)"
            );
            None
        }
    }
}

async fn connect(redis: &Redis) -> MultiplexedConnection {
    let client = redis::Client::open(redis.url.expose()).expect("an address");
    client.get_multiplexed_async_connection().await.expect("a Redis")
}

/// All keys of this test.
async fn keys(redis: &Redis) -> Vec<String> {
    connect(redis)
        .await
        .keys(format!("{}:*", redis.prefix))
        .await
        .expect("keys")
}

async fn wipe(redis: &Redis) {
    let keys = keys(redis).await;
    assert!(!keys.is_empty(), "there was something to wipe");
    connect(redis).await.del::<_, ()>(keys).await.expect("deleted");
}

fn new_job() -> OutboxId {
    OutboxId(SystemIds::default().unguessable())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_are_done_and_nothing_is_left_behind() {
    let Some(redis) = redis() else { return };
    let place = Place::new(Some(redis.clone()));
    let booted = place.boot().await;
    let running = Working::start(&booted, &place.config);
    enqueue(&booted.shop, 120).await;
    until_done(&booted.shop, 120).await;
    running.stop().await;

    let data = format!("{}:search:data", redis.prefix);
    let mut connection = connect(&redis).await;
    // apalis keeps all of them.
    booted.consumer.tidy().await.expect("tidied");
    assert_eq!(connection.hlen::<_, usize>(&data).await.expect("a number"), 0);
    let left = keys(&redis).await;
    assert!(
        !left.iter().any(|key| key.contains(":meta:") || key.ends_with(":done")),
        "{left:?}"
    );
}

/// More jobs than apalis has room for to be told that they are done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_stops_when_its_last_job_does() {
    const AT_ONCE: usize = 16;
    let Some(redis) = redis() else { return };
    let mut place = Place::new(Some(redis));
    place.config.worker.search = AT_ONCE;
    let booted = place.boot().await;
    enqueue(&booted.shop, 2 * AT_ONCE).await;
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let other = booted.shop.db.begin_with_options(immediate).await.expect("begun");
    let running = Working::start(&booted, &place.config);
    until("it has begun as many as it may", || async {
        booted.consumer.room(Queue::Search).await.expect("an answer") == WAITING_MAX - AT_ONCE
    })
    .await;
    let (took, ended) = tokio::join!(running.stop(), other.rollback());
    ended.expect("rolled back");
    sooner_than(std::time::Duration::from_secs(8), took, "the worker's end");
    assert_eq!(
        rows_in(&booted.shop, "DONE").await,
        AT_ONCE as i64,
        "and no more were begun"
    );
}

/// A failed attempt comes again, and so does a row whose first task was lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_row_can_be_handed_over_again() {
    let Some(redis) = redis() else { return };
    let place = Place::new(Some(redis));
    let booted = place.boot().await;
    let running = Working::start(&booted, &place.config);
    for _ in 0..3 {
        if rows_in(&booted.shop, "DONE").await == 0 {
            enqueue(&booted.shop, 1).await;
        } else {
            let again = "update outbox set state = 'READY', finished_at = null";
            booted.shop.db.execute_unprepared(again).await.expect("updated");
        }
        until_done(&booted.shop, 1).await;
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wiped_redis_loses_nothing() {
    let Some(redis) = redis() else { return };
    let place = Place::new(Some(redis.clone()));
    let booted = place.boot().await;
    // Wiped while nobody works: the hand-overs are lost.
    enqueue(&booted.shop, 20).await;
    wipe(&redis).await;
    // Longer than this takes on a busy machine.
    let later = booted.shop.now() + TimeDelta::minutes(5);
    let longer = outbox::Entity::update_many().col_expr(outbox::Column::LeaseUntil, Expr::value(later));
    longer.exec(&booted.shop.db).await.expect("updated");
    let running = Working::start(&booted, &place.config);
    enqueue(&booted.shop, 5).await;
    until_done(&booted.shop, 5).await;
    assert_eq!(rows_in(&booted.shop, "HANDED_OVER").await, 20);
    leases_run_out(&booted.shop).await;
    until_done(&booted.shop, 25).await;

    // Wiped under a living worker, which Redis then does not know.
    wipe(&redis).await;
    enqueue(&booted.shop, 20).await;
    until("the worker is known again", || async {
        leases_run_out(&booted.shop).await;
        rows_in(&booted.shop, "DONE").await == 45
    })
    .await;
    running.stop().await;
}

/// Every connection breaks, again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_connections_are_mended() {
    let Some(mut redis) = redis() else { return };
    let line = Line::to(&redis).await;
    redis.url = Secret::new(line.url.clone());
    let place = Place::new(Some(redis));
    let booted = place.boot().await;
    let running = Working::start(&booted, &place.config);
    for round in 1..=4 {
        enqueue(&booted.shop, 25).await;
        line.cut();
        enqueue(&booted.shop, 25).await;
        until("all is done", || async {
            leases_run_out(&booted.shop).await;
            rows_in(&booted.shop, "DONE").await == round * 50
        })
        .await;
    }
    running.stop().await;
}

/// Data evicted under a waiting task: it must not kill every worker that fetches it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_without_data_does_not_stop_the_queue() {
    let Some(redis) = redis() else { return };
    let place = Place::new(Some(redis.clone()));
    let booted = place.boot().await;
    enqueue(&booted.shop, 10).await;
    connect(&redis)
        .await
        .del::<_, ()>(format!("{}:search:data", redis.prefix))
        .await
        .expect("deleted");
    let running = Working::start(&booted, &place.config);
    until("all is done", || async {
        leases_run_out(&booted.shop).await;
        rows_in(&booted.shop, "DONE").await == 10
    })
    .await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_has_an_end() {
    let Some(redis) = redis() else { return };
    let place = Place::new(Some(redis));
    let booted = place.boot().await;
    let push = |count: usize| {
        let queue = booted.shop.queue.clone();
        async move {
            queue
                .push(Queue::Mail, &(0..count).map(|_| new_job()).collect::<Vec<_>>())
                .await
        }
    };
    for _ in 0..WAITING_MAX / 250 {
        push(250).await.expect("room");
    }
    assert_eq!(booted.consumer.room(Queue::Mail).await.expect("an answer"), 0);
    let error = push(1).await.expect_err("no room");
    assert!(
        std::error::Error::source(&error)
            .expect("a reason")
            .to_string()
            .contains("waiting already"),
        "{error:?}"
    );
    // The others have room, and being full is no failure that others wait for.
    let other = booted.shop.queue.push(Queue::Stock, &[new_job()]).await;
    other.expect("room");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_redis_is_told_quickly() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = nobody.local_addr().expect("an address");
    // Takes connections and says nothing: worse than one that is gone.
    let redis = Redis {
        url: Secret::new(format!("redis://{address}")),
        prefix: "test".to_owned(),
        allow_eviction: false,
    };
    let place = Place::new(Some(redis));
    let booted = place.boot().await;
    let before = tokio::time::Instant::now();
    for _ in 0..5 {
        enqueue(&booted.shop, 1).await;
    }
    sooner_than(
        std::time::Duration::from_secs(5),
        before.elapsed(),
        "five shoppers' answers",
    );
    assert_eq!(rows_in(&booted.shop, "READY").await, 5, "left to the relay");
    let down: Vec<_> = booted
        .health()
        .await
        .into_iter()
        .filter(|component| !component.ok)
        .collect();
    assert_eq!(
        down.iter().map(|component| component.name).collect::<Vec<_>>(),
        ["redis"],
        "{down:?}"
    );
    assert!(!down[0].required);

    // The worker does what it can without.
    let working = Working::start(&booted, &place.config);
    until("all is done", || async { rows_in(&booted.shop, "DONE").await == 5 }).await;
    working.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_worker_loses_nothing() {
    let Some(redis) = redis() else { return };
    let place = Place::new(Some(redis));
    let booted = place.boot().await;
    enqueue(&booted.shop, 600).await;
    let mut first = start_process(&place);
    until("it works", || async { rows_in(&booted.shop, "DONE").await > 50 }).await;
    // kill −9
    first.kill().await.expect("killed");
    let done = rows_in(&booted.shop, "DONE").await;
    assert!(done < 600, "it was killed in the midst of it");

    let mut second = start_process(&place);
    enqueue(&booted.shop, 100).await;
    until("all is done", || async {
        leases_run_out(&booted.shop).await;
        rows_in(&booted.shop, "DONE").await == 700
    })
    .await;
    stop_process(&mut second).await;
    assert_eq!(booted_rows(&booted).await, 700, "none invented");
}

/// A line to Redis that can be cut.
struct Line {
    url: String,
    cuts: broadcast::Sender<()>,
}

impl Line {
    async fn to(redis: &Redis) -> Self {
        let address = redis
            .url
            .expose()
            .trim_start_matches("redis://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("redis://{}", listener.local_addr().expect("an address"));
        let cuts = broadcast::Sender::new(8);
        let cutting = cuts.clone();
        tokio::spawn(async move {
            while let Ok((mut here, _)) = listener.accept().await {
                let (address, mut cut) = (address.clone(), cutting.subscribe());
                tokio::spawn(async move {
                    let mut there = TcpStream::connect(&address).await.expect("a Redis");
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut here, &mut there) => {}
                        _ = cut.recv() => {}
                    }
                });
            }
        });
        Self { url, cuts }
    }

    fn cut(&self) {
        assert!(self.cuts.send(()).expect("connections") > 0);
    }
}

fn start_process(place: &Place) -> Child {
    let redis = place.config.redis.as_ref().expect("redis");
    Command::new(env!("CARGO_BIN_EXE_vitrine-worker"))
        .current_dir(place.folder.path())
        .env("VITRINE_DATABASE__URL", place.config.database.url.expose())
        .env("VITRINE_REDIS__URL", redis.url.expose())
        .env("VITRINE_REDIS__PREFIX", &redis.prefix)
        .env("VITRINE_AUTH__KEY_FILE", &place.config.auth.key_file)
        .env("VITRINE_WORKER__POLL_MS", "50")
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("it starts")
}

/// SIGTERM, and a clean end.
async fn stop_process(process: &mut Child) {
    let id = process.id().expect("it runs").to_string();
    let told = Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .await
        .expect("a signal");
    assert!(told.success());
    let status = within("the worker's end", process.wait()).await;
    assert!(status.expect("a status").success());
}

async fn booted_rows(booted: &Booted) -> i64 {
    let mut rows = 0;
    for state in ["READY", "HANDED_OVER", "RUNNING", "DONE", "BURIED"] {
        rows += rows_in(&booted.shop, state).await;
    }
    rows
}
