//! How long is waited, and what a wrong clock has written. What waits for which job is tried
//! through the door.

use sea_orm::ActiveModelTrait;
use vitrine_entity::ids::OrderId;

use super::*;
use crate::{
    jobs::Job,
    memory::fixture,
    outbox::{queues_due, record::row},
};

#[test]
fn the_pause_grows_to_its_bound() {
    let hours: Vec<_> = (0..10).map(|times| pause_after(times).num_hours()).collect();
    assert_eq!(hours, [0, 1, 2, 4, 8, 16, 32, 64, 72, 72]);
    assert_eq!(pause_after(i64::MAX), PAUSE_MAX);
}

#[tokio::test]
async fn every_statement_reads_its_rows() {
    let fixture = fixture().await;
    assert_eq!(make_missing_now(&fixture.shop).await.unwrap(), 0);
}

#[tokio::test]
async fn it_looks_once_a_period_however_many_ask() {
    let fixture = fixture().await;
    let looked = async || {
        let mut ticks = 0;
        for _ in 0..3 {
            let context = Context::system(&fixture.shop, "test");
            let tick = fixture.shop.transact(&context, |tx| async move {
                tick::claim(&tx, "reconcile_jobs", PERIOD).await
            });
            ticks += usize::from(tick.await.unwrap());
        }
        ticks
    };
    assert_eq!(looked().await, 0, "the first tick comes a period from now");
    fixture.clock.advance(PERIOD);
    assert_eq!(looked().await, 1);
}

#[tokio::test]
async fn what_a_clock_that_ran_ahead_put_off_waits_for_as_long_as_was_meant() {
    let fixture = fixture().await;
    let shop = &fixture.shop;
    let job = Job::DeductStock {
        order: OrderId(Uuid::from_u128(1)),
    };
    let write = async |delay: TimeDelta| {
        let row = row(shop, &Context::system(shop, "test"), None, &job, Some(delay));
        row.insert(&shop.db).await.unwrap().id
    };
    // A week's wait is a week's wait.
    let honest = write(TimeDelta::days(7)).await;
    fixture.clock.advance(TimeDelta::hours(25));
    let ahead = write(TimeDelta::minutes(30)).await;
    fixture.clock.advance(TimeDelta::hours(-25));

    assert_eq!(make_missing_now(shop).await.unwrap(), 1);
    assert_eq!(make_missing_now(shop).await.unwrap(), 0);
    let run_at = async |id| {
        outbox::Entity::find_by_id(id)
            .one(&shop.db)
            .await
            .unwrap()
            .unwrap()
            .run_at
    };
    assert_eq!(run_at(ahead).await, shop.now() + TimeDelta::minutes(30));
    assert_eq!(run_at(honest).await, shop.now() + TimeDelta::days(7));
    fixture.clock.advance(TimeDelta::minutes(30));
    assert_eq!(queues_due(shop).await.unwrap(), [outbox::Queue::Stock]);
}
