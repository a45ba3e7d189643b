//! The worker within the server's process: channels, SQLite, no services.

use crate::common::{Place, enqueue, rows_in, until_done};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, EntityTrait, sea_query::Expr};
use vitrine_adapters::boot;
use vitrine_commerce::{Context, jobs::Job};
use vitrine_entity::outbox::{self, OutboxState};
use vitrine_tests::{
    patience::{sooner_than, until},
    worker::Working,
};

/// How long what was handed over waits for a worker that does not come.
const HAND_OVER_LEASE: std::time::Duration = std::time::Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_are_done_and_it_stops_when_asked() {
    let place = Place::new(None);
    let booted = place.boot().await;
    // Before it starts, and while it works.
    enqueue(&booted.shop, 3).await;
    let running = Working::start(&booted, &place.config);
    enqueue(&booted.shop, 3).await;
    until_done(&booted.shop, 6).await;

    running.stop().await;
    enqueue(&booted.shop, 1).await;
    assert_eq!(rows_in(&booted.shop, "HANDED_OVER").await, 1, "nobody works");

    // A second life goes on where the first one stopped.
    let running = Working::start(&booted, &place.config);
    until_done(&booted.shop, 7).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delayed_job_waits() {
    let place = Place::new(None);
    let booted = place.boot().await;
    let running = Working::start(&booted, &place.config);
    let context = Context::system(&booted.shop, "test");
    let before = tokio::time::Instant::now();
    let job = Job::IndexProducts { products: Vec::new() };
    let delay = chrono::TimeDelta::milliseconds(700);
    let enqueued = booted.shop.transact(&context, |tx| {
        let job = job.clone();
        async move {
            tx.enqueue_after(None, job, delay);
            Ok(())
        }
    });
    enqueued.await.expect("committed");
    until_done(&booted.shop, 1).await;
    assert!(
        before.elapsed().as_millis() >= 700,
        "it waited for {:?}",
        before.elapsed()
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_jobs_than_the_queue_holds_are_done() {
    let place = Place::new(None);
    let booted = place.boot().await;
    // Nobody works here yet, so that all wait; then the relay hands over more than the queue holds, again and again.
    enqueue(&booted.shop, 900).await;
    enqueue(&booted.shop, 300).await;
    assert_eq!(rows_in(&booted.shop, "READY").await, 1200);
    let running = Working::start(&booted, &place.config);
    until_done(&booted.shop, 1200).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_dead_process_left_is_done_by_the_next() {
    let place = Place::new(None);
    let dead = boot::boot_server(&place.config).await.expect("a shop");
    enqueue(&dead.shop, 4).await;
    let handed_over = outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::HandedOver))
        .col_expr(
            outbox::Column::LeaseUntil,
            Expr::value(dead.shop.now() + TimeDelta::from_std(HAND_OVER_LEASE).expect("a time")),
        );
    handed_over.exec(&dead.shop.db).await.expect("updated");
    // Two handed over, one begun, one that no version could read for days. And the channel is gone.
    let sql = format!(
        "update outbox set state = 'RUNNING', attempts = 1, fence = 1 where id = (select min(id) from outbox); \
         update outbox set job = '{{\"job\":\"from_a_newer_version.v7\"}}', created_at = '{}' \
         where id = (select max(id) from outbox)",
        (dead.shop.now() - TimeDelta::days(2)).to_rfc3339()
    );
    dead.shop.db.execute_unprepared(&sql).await.expect("updated");
    // While it lives, nobody takes from it what it may be doing.
    let beside = boot::boot_server(&place.config).await.expect("a shop");
    assert_eq!(rows_in(&beside.shop, "READY").await, 0);
    drop((dead, beside));

    let started = std::time::Instant::now();
    let booted = boot::boot_server(&place.config).await.expect("a shop");
    assert_eq!(rows_in(&booted.shop, "READY").await, 4, "nobody else can have them");
    let running = Working::start(&booted, &place.config);
    until_done(&booted.shop, 3).await;
    sooner_than(HAND_OVER_LEASE, started.elapsed(), "what waits for no lease");
    until("the unreadable one is buried", || async {
        rows_in(&booted.shop, "BURIED").await == 1
    })
    .await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_binary_refuses_to_work_without_redis() {
    let place = Place::new(None);
    let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_vitrine-worker"))
        .current_dir(place.folder.path())
        .output()
        .await
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("`vitrine` itself runs the worker"),
        "{said}"
    );
}
