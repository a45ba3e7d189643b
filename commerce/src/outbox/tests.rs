//! What is due, and what was lost.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;
use vitrine_entity::{
    ids::{OrderId, OutboxId, ProductId},
    outbox::{self, OutboxState, Queue},
};

use super::{
    lease::{claim, claim_to_index, give_up},
    record::{HAND_OVER_LEASE, row},
    *,
};
use crate::{
    Context, Error, Fault,
    jobs::Job,
    memory::{Fixture, fixture},
};

const ORDER: OrderId = OrderId(Uuid::from_u128(1));

/// Waits on the search queue.
fn index() -> Job {
    Job::IndexProducts {
        products: vec![ProductId(Uuid::from_u128(1))],
    }
}

/// Waits on the stock queue.
fn deduct() -> Job {
    Job::DeductStock { order: ORDER }
}

async fn enqueue(fixture: &Fixture, job: Job, delay: Option<TimeDelta>) -> OutboxId {
    let row = row(
        &fixture.shop,
        &Context::system(&fixture.shop, "test"),
        None,
        &job,
        delay,
    );
    let row = outbox::Entity::insert(row).exec_with_returning(&fixture.shop.db);
    row.await.unwrap().id
}

async fn state(fixture: &Fixture, id: OutboxId) -> OutboxState {
    let row = outbox::Entity::find().filter(outbox::Column::Id.eq(id));
    row.one(&fixture.shop.db).await.unwrap().unwrap().state
}

#[tokio::test]
async fn who_was_frozen_knows_that_the_lease_may_be_over() {
    let fixture = fixture().await;
    let id = enqueue(&fixture, index(), None).await;
    let row = claim(&fixture.shop, id).await.unwrap().expect("it is due");
    let lease = Lease::from(&row);
    lease.expect(&fixture.shop, TimeDelta::seconds(20)).unwrap();
    fixture.clock.advance(TimeDelta::seconds(75));
    let lost = lease.expect(&fixture.shop, TimeDelta::seconds(20));
    assert!(matches!(lost, Err(Error::Fault(Fault::LeaseLost))), "{lost:?}");
}

#[tokio::test]
async fn only_queues_with_something_due_are_named() {
    let fixture = fixture().await;
    assert_eq!(queues_due(&fixture.shop).await.unwrap(), []);
    // Whoever commits hands this one over by themselves.
    enqueue(&fixture, index(), None).await;
    let later = enqueue(&fixture, deduct(), Some(TimeDelta::minutes(1))).await;
    assert_eq!(queues_due(&fixture.shop).await.unwrap(), []);
    fixture.clock.advance(TimeDelta::minutes(1));
    assert_eq!(queues_due(&fixture.shop).await.unwrap(), [Queue::Stock]);
    enqueue(&fixture, index(), Some(TimeDelta::zero())).await;
    assert_eq!(queues_due(&fixture.shop).await.unwrap(), [Queue::Stock, Queue::Search]);

    assert_eq!(take_due(&fixture.shop, Queue::Stock, 10).await.unwrap(), [later]);
    assert_eq!(queues_due(&fixture.shop).await.unwrap(), [Queue::Search]);
    give_back(&fixture.shop, &[later]).await.unwrap();
    assert_eq!(queues_due(&fixture.shop).await.unwrap(), [Queue::Stock, Queue::Search]);
}

#[tokio::test]
async fn what_was_handed_over_and_lost_comes_back_once() {
    let fixture = fixture().await;
    let job = enqueue(&fixture, index(), None).await;
    assert_eq!(sweep(&fixture.shop).await.unwrap(), 0, "it is on its way");
    fixture.clock.advance(HAND_OVER_LEASE + TimeDelta::seconds(1));
    assert_eq!(sweep(&fixture.shop).await.unwrap(), 1);
    assert_eq!(state(&fixture, job).await, OutboxState::Ready);
    assert_eq!(sweep(&fixture.shop).await.unwrap(), 0);
}

#[tokio::test]
async fn a_lease_of_a_clock_that_ran_ahead_does_not_bind() {
    let fixture = fixture().await;
    let job = enqueue(&fixture, index(), None).await;
    fixture.clock.advance(TimeDelta::hours(25));
    assert!(claim(&fixture.shop, job).await.unwrap().is_some());
    fixture.clock.advance(TimeDelta::hours(-25));
    assert_eq!(sweep(&fixture.shop).await.unwrap(), 1);
    assert_eq!(state(&fixture, job).await, OutboxState::Ready);

    // A clock that is a little ahead is believed.
    fixture.clock.advance(TimeDelta::minutes(5));
    assert!(claim(&fixture.shop, job).await.unwrap().is_some());
    fixture.clock.advance(TimeDelta::minutes(-5));
    assert_eq!(sweep(&fixture.shop).await.unwrap(), 0);
}

#[tokio::test]
async fn a_job_is_hastened_or_made_unless_it_has_failed() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
    let later = enqueue(&fixture, deduct(), Some(TimeDelta::hours(1))).await;
    hasten(shop, &context, ORDER, &deduct()).await.unwrap();
    assert_eq!(queues_due(shop).await.unwrap(), [], "it was put off a moment ago");
    fixture.clock.advance(TimeDelta::minutes(1));
    hasten(shop, &context, ORDER, &deduct()).await.unwrap();
    assert_eq!(take_due(shop, Queue::Stock, 10).await.unwrap(), [later]);
    // It is on its way: nothing more is done.
    hasten(shop, &context, ORDER, &deduct()).await.unwrap();
    assert_eq!(outbox::Entity::find().all(&shop.db).await.unwrap().len(), 1);

    let sql = "update outbox set state = 'READY', run_at = $1, last_error = 'away'";
    let values = [(shop.now() + TimeDelta::hours(1)).into()];
    shop.execute(sql, values).await.unwrap();
    fixture.clock.advance(TimeDelta::minutes(2));
    hasten(shop, &context, ORDER, &deduct()).await.unwrap();
    assert_eq!(queues_due(shop).await.unwrap(), [], "what it waits for is not worn out");

    shop.db
        .execute_unprepared("update outbox set state = 'DONE'")
        .await
        .unwrap();
    hasten(shop, &context, ORDER, &deduct()).await.unwrap();
    assert_eq!(outbox::Entity::find().all(&shop.db).await.unwrap().len(), 2);
}

#[tokio::test]
async fn jobs_that_index_are_taken_along_and_come_back_if_they_are_not_done() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
    let first = enqueue(&fixture, index(), None).await;
    let others = [
        enqueue(&fixture, index(), None).await,
        enqueue(&fixture, index(), None).await,
    ];
    let stock = enqueue(&fixture, deduct(), None).await;
    let many = Job::IndexProducts {
        products: (0..9).map(|number| ProductId(Uuid::from_u128(number))).collect(),
    };
    let many = enqueue(&fixture, many, None).await;
    let claimed = claim(shop, first).await.unwrap().unwrap();

    let along: Vec<_> = claim_to_index(shop).await.unwrap().iter().map(Lease::from).collect();
    let ids = |leases: &[Lease]| leases.iter().map(|lease| lease.id).collect::<Vec<_>>();
    let mut taken = ids(&along);
    taken.sort();
    assert_eq!(taken, others, "neither other jobs nor those that are work enough");
    assert!(claim_to_index(shop).await.unwrap().is_empty());
    assert!(
        claim(shop, others[0]).await.unwrap().is_none(),
        "a second delivery finds nothing"
    );

    give_up(shop, &along, TimeDelta::seconds(5)).await.unwrap();
    assert_eq!(state(&fixture, others[0]).await, OutboxState::Ready);
    fixture.clock.advance(TimeDelta::seconds(5));
    let again = claim(shop, others[0]).await.unwrap().unwrap();
    assert_eq!(again.attempts, 2, "it is not taken along again");

    // Who had it before has it no more.
    let (first_lease, again, along) = (&Lease::from(&claimed), &Lease::from(&again), &along);
    let done = shop.transact(&context, |tx| async move { first_lease.finish_with(&tx, along).await });
    done.await.unwrap();
    assert_eq!(state(&fixture, first).await, OutboxState::Done);
    assert_eq!(state(&fixture, others[0]).await, OutboxState::Running);
    let done = shop.transact(&context, |tx| async move { again.finish_with(&tx, &[]).await });
    done.await.unwrap();
    assert_eq!(state(&fixture, others[0]).await, OutboxState::Done);
    let twice = shop.transact(&context, |tx| async move { again.finish_with(&tx, &[]).await });
    assert!(matches!(twice.await, Err(Error::Fault(Fault::LeaseLost))));
    for left in [others[1], stock, many] {
        assert_ne!(state(&fixture, left).await, OutboxState::Done);
    }
}

#[tokio::test]
async fn what_waits_and_is_needless_ends() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
    let (expire, other) = (
        Job::ExpireOrder { order: ORDER },
        Job::ExpireOrder {
            order: OrderId(Uuid::nil()),
        },
    );
    let waits = enqueue(&fixture, expire.clone(), Some(TimeDelta::hours(1))).await;
    let of_another = enqueue(&fixture, other, Some(TimeDelta::hours(1))).await;
    let deduction = enqueue(&fixture, deduct(), Some(TimeDelta::hours(1))).await;
    let begun = enqueue(&fixture, expire.clone(), None).await;
    claim(shop, begun).await.unwrap().unwrap();
    let expire = &expire;
    let ended = shop.transact(&context, |tx| async move {
        tx.make_needless([expire.clone()]);
        Ok(())
    });
    ended.await.unwrap();
    assert_eq!(state(&fixture, waits).await, OutboxState::Done);
    assert_eq!(state(&fixture, begun).await, OutboxState::Running);
    for left in [of_another, deduction] {
        assert_eq!(state(&fixture, left).await, OutboxState::Ready);
    }
}
