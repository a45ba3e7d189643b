//! An embedded shop's process knows at its start whether anybody else works for the shop.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use vitrine_adapters::boot::{self, Booted};
use vitrine_entity::{
    outbox::{self, OutboxState},
    staff_member::StaffRole,
};
use vitrine_tests::{TestShop, patience::until};

/// A job that nobody does now, for it is of a far day.
async fn set(shop: &TestShop, columns: &str) {
    let first = "id in (select id from outbox order by id limit 1)";
    let sql = format!("update outbox set {columns}, run_at = '2999-01-01 00:00:00+00:00' where {first}");
    shop.shop().db.execute_unprepared(&sql).await.unwrap();
}

/// As if a process had died at it.
async fn begin(shop: &TestShop) {
    let until = (shop.shop().now() + TimeDelta::seconds(60)).to_rfc3339();
    set(shop, &format!("state = 'RUNNING', lease_until = '{until}'")).await;
}

/// Whether what was begun is taken back at a start, and the process that started.
async fn started(shop: &TestShop) -> (bool, Booted) {
    let booted = boot::boot_server(shop.config()).await.unwrap();
    let jobs = outbox::Entity::find().order_by_asc(outbox::Column::Id);
    let job = jobs.one(&shop.shop().db).await.unwrap().unwrap();
    (job.state == OutboxState::Ready, booted)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_alone_takes_back_what_the_last_process_had_begun() {
    let shop = TestShop::open_with(|config| config.redis = None).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    staff.sell("MUG-1", "10.00", 3).await;
    shop.settle().await;
    begin(&shop).await;
    let (taken, first) = started(&shop).await;
    assert!(taken);
    // It lives, and works at it.
    begin(&shop).await;
    let (taken, second) = started(&shop).await;
    assert!(!taken, "another has begun it");
    drop((first, second));
    // PostgreSQL hears of it once the connection is gone.
    until("it is alone", async || started(&shop).await.0).await;
    set(&shop, "state = 'DONE', lease_until = null").await;
    shop.close().await;
}
