//! Workers that come and go: what runs when one is asked to stop, and what many do once.

mod alone;
mod own_index;
mod workshop;

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, Statement};
use serde_json::json;
use vitrine_commerce::{Context, tick};
use vitrine_entity::{
    order::OrderStatus,
    outbox::{self, OutboxState, Queue},
    refund::{self, RefundStatus},
    staff_member::StaffRole,
};
use vitrine_tests::{
    TestShop,
    faulty_provider::Verb,
    patience::{sooner_than, until},
};

use workshop::Workshop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_runs_when_the_worker_is_asked_to_stop_is_finished() {
    let house = Workshop::open(Duration::from_millis(1500), 20).await;
    let order = house.buy().await;
    let working = house.work();
    until("the provider is asked", async || house.calls.count(Verb::Charge) == 1).await;
    working.stop().await;
    assert_eq!(house.payment_job().await.state, OutboxState::Done);
    // With what follows from it at once; nobody takes the rest any more.
    assert_eq!(house.status(order).await, OrderStatus::Confirmed);
    assert_eq!(house.charges().await, 1);
    let open = async || {
        let open = outbox::Column::State.is_in([OutboxState::HandedOver, OutboxState::Ready]);
        let mails = outbox::Column::Queue.eq(Queue::Mail);
        let mails = outbox::Entity::find().filter(open).filter(mails);
        mails.count(&house.shop().db).await.unwrap()
    };
    assert!(open().await > 0);
    let working = house.work();
    house.clock.advance(TimeDelta::seconds(31));
    until("the next worker goes on", async || open().await == 0).await;
    working.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fresh_job_does_not_wait_for_the_next_look() {
    // Longer than anybody waits here.
    let shop = TestShop::open_with(|config| config.worker.poll_ms = 3_600_000).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    until("the order is confirmed", async || {
        guest.order(&placed).await["status"] == "CONFIRMED"
    })
    .await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_takes_too_long_is_left_and_run_again_once() {
    let slow = Duration::from_secs(35);
    let mut house = Workshop::open(slow, 1).await;
    let order = house.buy().await;
    let working = house.work();
    until("the provider is asked", async || house.calls.count(Verb::Charge) == 1).await;
    let took = working.stop().await;
    sooner_than(slow, took, "the worker's end");
    let left = house.payment_job().await;
    assert_eq!((left.state, left.attempts), (OutboxState::Running, 1));

    house.start_anew().await;
    let working = house.work();
    // Longer than any lease.
    house.clock.advance(TimeDelta::minutes(5));
    until("another worker takes over", async || {
        house.status(order).await == OrderStatus::Confirmed
    })
    .await;
    let done = house.payment_job().await;
    assert_eq!((done.state, done.attempts), (OutboxState::Done, 2));
    assert!(done.fence > left.fence, "the first one's late write is refused");
    assert_eq!(house.charges().await, 1);
    assert_eq!(house.calls.rekeyed(), [""; 0]);
    working.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_tried_to_be_paid_for_is_not_cancelled() {
    // The provider is still deciding when the order's time is looked at.
    let house = Workshop::open(Duration::from_millis(500), 20).await;
    let order = house.buy().await;
    // Every worker was away for longer than the goods are held.
    house.clock.advance(TimeDelta::hours(3));
    let working = house.work();
    let is_paid = async || house.status(order).await == OrderStatus::Confirmed;
    house.until("it is paid after all", is_paid).await;
    assert_eq!(house.charges().await, 1);
    working.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_paid_and_sold_out_meanwhile_is_paid_back_and_told() {
    let house = Workshop::open(Duration::ZERO, 20).await;
    let order = house.buy().await;
    let db = &house.shop().db;
    // As after a hold that lapsed and went to somebody else, whose parcel has left.
    let gone = "update reservation set state = 'RELEASED'; update stock set on_hand = 0, reserved = 0";
    db.execute_unprepared(gone).await.unwrap();
    let working = house.work();
    let refunded = async || {
        let refunds = refund::Entity::find().all(db).await.unwrap();
        refunds.iter().map(|refund| refund.status).collect::<Vec<_>>() == [RefundStatus::Succeeded]
    };
    house.until("the money goes back", refunded).await;
    assert_eq!(house.status(order).await, OrderStatus::Cancelled);
    assert_eq!(house.charges().await, 1);
    let is_told = async || {
        let told = house.mails().await;
        told.iter()
            .any(|mail| mail.text.contains("sold out before your payment arrived"))
    };
    house.until("the shopper is told", is_told).await;
    working.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_ticks_once_however_many_workers_run() {
    let shop = TestShop::open().await;
    let period = TimeDelta::hours(1);
    let tick = async || {
        let claims = (0..16).map(|_| {
            let shop = shop.shop().clone();
            async move {
                let context = Context::system(&shop, "test");
                let claim = shop.transact(&context, |tx| async move { tick::claim(&tx, "a test", period).await });
                claim.await.unwrap()
            }
        });
        join_all(claims).await.into_iter().filter(|ticks| *ticks).count()
    };
    assert_eq!(tick().await, 0);
    for _ in 0..3 {
        shop.clock.advance(period);
        assert_eq!(tick().await, 1);
    }
    // A leap is one tick, and so is the way back.
    shop.clock.advance(TimeDelta::hours(25));
    assert_eq!(tick().await, 1);
    shop.clock.advance(TimeDelta::hours(-25));
    assert_eq!(tick().await, 1);
    assert_eq!(tick().await, 0);
    shop.close().await;
}

#[derive(FromQueryResult)]
struct Rows {
    rows: i64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simulated_providers_memory_has_an_end() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let kept = async || {
        let sql = "select cast((select count(*) from simulated_webhook) + (select count(*) from simulated_request) as bigint) as rows";
        let statement = Statement::from_string(shop.shop().db.get_database_backend(), sql);
        Rows::find_by_statement(statement)
            .one(&shop.shop().db)
            .await
            .unwrap()
            .unwrap()
            .rows
    };
    let before = kept().await;
    assert!(before >= 2, "{before}");
    shop.advance(TimeDelta::days(30)).await;
    assert_eq!(shop.provider().forget().await.unwrap(), 0);
    // A webhook that was on its way had half a minute for it.
    shop.clock.advance(TimeDelta::seconds(31));
    assert_eq!(shop.provider().forget().await.unwrap(), before as u64);
    assert_eq!(kept().await, 0);
    // The charge itself is a company's books, and stays.
    assert_eq!(guest.order(&placed).await["payment"]["status"], json!("CAPTURED"));
    shop.close().await;
}
